//! Guards show what they give access to.

/// `Debug` and `Display` of the target, with an extra generic parameter list before `T`.
macro_rules! transparent {
    ([$($before:tt)*] $guard:ty) => {
        crate::show::transparent!([$($before)*] T, $guard);
    };
    ([$($generics:tt)*] $target:ident, $guard:ty) => {
        impl<$($generics)*> std::fmt::Debug for $guard
        where
            $target: std::fmt::Debug,
        {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&**self, f)
            }
        }

        impl<$($generics)*> std::fmt::Display for $guard
        where
            $target: std::fmt::Display,
        {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&**self, f)
            }
        }
    };
}

pub(crate) use transparent;
