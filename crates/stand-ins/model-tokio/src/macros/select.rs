//! `select!`
//!
//! The branches are read one by one. Each gets a number, which is its place in a tuple of
//! futures, and a variant that carries its output out of the scope of the futures: they are
//! dropped before the handler runs.

#[macro_export]
macro_rules! select {
    (biased; $($branches:tt)+) => {
        $crate::__select!(@pattern [true] [] [
            (0 B0) (1 B1) (2 B2) (3 B3) (4 B4) (5 B5) (6 B6) (7 B7) (8 B8) (9 B9) (10 B10)
            (11 B11) (12 B12) (13 B13) (14 B14) (15 B15)
        ] [] $($branches)+)
    };
    ($($branches:tt)+) => {
        $crate::__select!(@pattern [false] [] [
            (0 B0) (1 B1) (2 B2) (3 B3) (4 B4) (5 B5) (6 B6) (7 B7) (8 B8) (9 B9) (10 B10)
            (11 B11) (12 B12) (13 B13) (14 B14) (15 B15)
        ] [] $($branches)+)
    };
    () => {
        ::core::compile_error!("select! requires at least one branch.")
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __select {
    // All branches are read, with an `else` or without.
    (@pattern [$biased:expr] [$($branch:tt)+] $free:tt [] else => $else:expr $(,)?) => {
        $crate::__select!(@expand [$biased] [$($branch)+] { $else })
    };
    (@pattern [$biased:expr] [$($branch:tt)+] $free:tt []) => {
        $crate::__select!(@expand [$biased] [$($branch)+] {
            $crate::macros::support::panic!("all branches are disabled and there is no else branch")
        })
    };
    // The pattern ends at `=`.
    (@pattern $biased:tt $done:tt $free:tt [$($pattern:tt)+] = $($rest:tt)+) => {
        $crate::__select!(@branch $biased $done $free [$($pattern)+] $($rest)+)
    };
    (@pattern $biased:tt $done:tt $free:tt [$($pattern:tt)*] $next:tt $($rest:tt)*) => {
        $crate::__select!(@pattern $biased $done $free [$($pattern)* $next] $($rest)*)
    };
    // What follows it: a future, perhaps a condition, a handler, perhaps a comma.
    (@branch $biased:tt $done:tt $free:tt $pattern:tt $future:expr, if $if:expr => $do:block, $($rest:tt)*) => {
        $crate::__select!(@next $biased $done $free ($pattern ($future) ($if) ($do)) $($rest)*)
    };
    (@branch $biased:tt $done:tt $free:tt $pattern:tt $future:expr, if $if:expr => $do:block $($rest:tt)*) => {
        $crate::__select!(@next $biased $done $free ($pattern ($future) ($if) ($do)) $($rest)*)
    };
    (@branch $biased:tt $done:tt $free:tt $pattern:tt $future:expr, if $if:expr => $do:expr) => {
        $crate::__select!(@next $biased $done $free ($pattern ($future) ($if) ($do)))
    };
    (@branch $biased:tt $done:tt $free:tt $pattern:tt $future:expr, if $if:expr => $do:expr, $($rest:tt)*) => {
        $crate::__select!(@next $biased $done $free ($pattern ($future) ($if) ($do)) $($rest)*)
    };
    (@branch $biased:tt $done:tt $free:tt $pattern:tt $future:expr => $do:block, $($rest:tt)*) => {
        $crate::__select!(@next $biased $done $free ($pattern ($future) (true) ($do)) $($rest)*)
    };
    (@branch $biased:tt $done:tt $free:tt $pattern:tt $future:expr => $do:block $($rest:tt)*) => {
        $crate::__select!(@next $biased $done $free ($pattern ($future) (true) ($do)) $($rest)*)
    };
    (@branch $biased:tt $done:tt $free:tt $pattern:tt $future:expr => $do:expr) => {
        $crate::__select!(@next $biased $done $free ($pattern ($future) (true) ($do)))
    };
    (@branch $biased:tt $done:tt $free:tt $pattern:tt $future:expr => $do:expr, $($rest:tt)*) => {
        $crate::__select!(@next $biased $done $free ($pattern ($future) (true) ($do)) $($rest)*)
    };
    (@next $biased:tt [$($done:tt)*] [$number:tt $($free:tt)*] $branch:tt $($rest:tt)*) => {
        $crate::__select!(@pattern $biased [$($done)* ($number $branch)] [$($free)*] [] $($rest)*)
    };
    (@expand [$biased:expr] [$((($i:tt $variant:ident) ([$($pattern:tt)+] ($future:expr) ($if:expr) ($do:expr))))+] $else:block) => {{
        #[doc(hidden)]
        enum __Selected<$($variant),+> {
            $($variant($variant),)+
            Disabled,
        }
        const COUNT: usize = [$($i),+].len();
        let selected = {
            // One bit for each branch that is not polled, or not any more.
            let mut disabled: u64 = 0;
            $(if !$if {
                disabled |= 1 << $i;
            })+
            let mut futures = ($($crate::macros::support::boxed($future),)+);
            let futures = &mut futures;
            $crate::macros::support::run(|cx| {
                let order = $crate::macros::support::Branches::choose(COUNT, disabled, $biased);
                let mut pending = false;
                let mut mismatched = false;
                for nth in 0..COUNT {
                    let branch = order.at(nth);
                    if disabled & (1 << branch) != 0 {
                        continue;
                    }
                    match branch {
                        $($i => match $crate::macros::support::Future::poll(futures.$i.as_mut(), cx) {
                            $crate::macros::support::Polled::Pending => pending = true,
                            $crate::macros::support::Polled::Ready(output) => {
                                disabled |= 1 << $i;
                                #[allow(unused_variables, unreachable_patterns)]
                                let fits = match &output {
                                    $crate::__clean!([] [] $($pattern)+) => true,
                                    _ => false,
                                };
                                if fits {
                                    if !mismatched {
                                        order.taken($crate::macros::support::Option::Some(nth));
                                    }
                                    return $crate::macros::support::Polled::Ready(
                                        __Selected::$variant(output),
                                    );
                                }
                                mismatched = true;
                            }
                        },)+
                        _ => $crate::macros::support::unreachable!("there are COUNT branches"),
                    }
                }
                if !mismatched {
                    order.taken($crate::macros::support::Option::None);
                }
                match pending {
                    true => $crate::macros::support::Polled::Pending,
                    false => $crate::macros::support::Polled::Ready(__Selected::Disabled),
                }
            })
            .await
        };
        match selected {
            $(__Selected::$variant($($pattern)+) => $do,)+
            __Selected::Disabled => $else,
            #[allow(unreachable_patterns)]
            _ => $crate::macros::support::unreachable!("the pattern has been tried"),
        }
    }};
}

/// A pattern that binds by reference: without the `mut` and `ref` of its bindings. It walks
/// through the tokens, and into groups, with a stack of what is left to do outside of them.
#[doc(hidden)]
#[macro_export]
macro_rules! __clean {
    ([] [$($clean:tt)*]) => { $($clean)* };
    ([[paren [$($before:tt)*] [$($after:tt)*]] $($stack:tt)*] [$($clean:tt)*]) => {
        $crate::__clean!([$($stack)*] [$($before)* ($($clean)*)] $($after)*)
    };
    ([[brace [$($before:tt)*] [$($after:tt)*]] $($stack:tt)*] [$($clean:tt)*]) => {
        $crate::__clean!([$($stack)*] [$($before)* {$($clean)*}] $($after)*)
    };
    ([[bracket [$($before:tt)*] [$($after:tt)*]] $($stack:tt)*] [$($clean:tt)*]) => {
        $crate::__clean!([$($stack)*] [$($before)* [$($clean)*]] $($after)*)
    };
    ($stack:tt $clean:tt mut $($rest:tt)*) => { $crate::__clean!($stack $clean $($rest)*) };
    ($stack:tt $clean:tt ref $($rest:tt)*) => { $crate::__clean!($stack $clean $($rest)*) };
    ([$($stack:tt)*] $clean:tt ($($inner:tt)*) $($rest:tt)*) => {
        $crate::__clean!([[paren $clean [$($rest)*]] $($stack)*] [] $($inner)*)
    };
    ([$($stack:tt)*] $clean:tt {$($inner:tt)*} $($rest:tt)*) => {
        $crate::__clean!([[brace $clean [$($rest)*]] $($stack)*] [] $($inner)*)
    };
    ([$($stack:tt)*] $clean:tt [$($inner:tt)*] $($rest:tt)*) => {
        $crate::__clean!([[bracket $clean [$($rest)*]] $($stack)*] [] $($inner)*)
    };
    ($stack:tt [$($clean:tt)*] $next:tt $($rest:tt)*) => {
        $crate::__clean!($stack [$($clean)* $next] $($rest)*)
    };
}
