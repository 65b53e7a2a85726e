//! `task_local!`

#[macro_export]
macro_rules! task_local {
    () => {};
    ($(#[$attribute:meta])* $vis:vis static $name:ident: $type:ty; $($rest:tt)*) => {
        $crate::task_local!($(#[$attribute])* $vis static $name: $type);
        $crate::task_local!($($rest)*);
    };
    ($(#[$attribute:meta])* $vis:vis static $name:ident: $type:ty) => {
        $(#[$attribute])*
        $vis static $name: $crate::task::LocalKey<$type> = {
            $crate::macros::support::thread_local! {
                static VALUES: $crate::macros::support::Values<$type> = const {
                    $crate::macros::support::no_values()
                };
            }
            $crate::task::LocalKey::new(&VALUES)
        };
    };
}
