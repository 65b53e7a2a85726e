//! `pin!`

#[macro_export]
macro_rules! pin {
    ($($name:ident),* $(,)?) => { $(
        #[allow(unused_mut)]
        let mut $name = $crate::macros::support::pin!($name);
    )* };
    ($(let $name:ident = $init:expr;)*) => { $(
        let $name = $init;
        $crate::pin!($name);
    )* };
}
