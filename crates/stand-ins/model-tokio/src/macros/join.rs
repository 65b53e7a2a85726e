//! `join!` and `try_join!`

#[macro_export]
macro_rules! join {
    () => { () };
    (biased; $($future:expr),+ $(,)?) => {
        $crate::__join!(@number [true] [] [0 1 2 3 4 5 6 7 8 9 10 11] $($future,)+)
    };
    ($($future:expr),+ $(,)?) => {
        $crate::__join!(@number [false] [] [0 1 2 3 4 5 6 7 8 9 10 11] $($future,)+)
    };
}

#[macro_export]
macro_rules! try_join {
    () => { $crate::macros::support::Result::Ok(()) };
    (biased; $($future:expr),+ $(,)?) => {
        $crate::__try_join!(@number [true] [] [0 1 2 3 4 5 6 7 8 9 10 11] $($future,)+)
    };
    ($($future:expr),+ $(,)?) => {
        $crate::__try_join!(@number [false] [] [0 1 2 3 4 5 6 7 8 9 10 11] $($future,)+)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __join {
    (@number [$biased:expr] [$($done:tt)*] [$i:tt $($rest:tt)*] $future:expr, $($more:tt)*) => {
        $crate::__join!(@number [$biased] [$($done)* ($i $future)] [$($rest)*] $($more)*)
    };
    (@number [$biased:expr] [$(($i:tt $future:expr))+] [$($rest:tt)*]) => {{
        let mut futures = ($($crate::macros::support::running($future),)+);
        let mut rotation = $crate::macros::support::Rotation::default();
        const COUNT: usize = [$($i),+].len();
        $crate::macros::support::run(|cx| {
            let mut over = true;
            for branch in rotation.next(COUNT, $biased) {
                over &= match branch {
                    $($i => futures.$i.poll(cx),)+
                    _ => true,
                };
            }
            match over {
                true => $crate::macros::support::Polled::Ready(($(futures.$i.take(),)+)),
                false => $crate::macros::support::Polled::Pending,
            }
        })
        .await
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __try_join {
    (@number [$biased:expr] [$($done:tt)*] [$i:tt $($rest:tt)*] $future:expr, $($more:tt)*) => {
        $crate::__try_join!(@number [$biased] [$($done)* ($i $future)] [$($rest)*] $($more)*)
    };
    (@number [$biased:expr] [$(($i:tt $future:expr))+] [$($rest:tt)*]) => {{
        let mut futures = ($($crate::macros::support::running($future),)+);
        let mut rotation = $crate::macros::support::Rotation::default();
        const COUNT: usize = [$($i),+].len();
        $crate::macros::support::run(|cx| {
            let mut over = true;
            for branch in rotation.next(COUNT, $biased) {
                let polled = match branch {
                    $($i => futures.$i.try_poll(cx),)+
                    _ => $crate::macros::support::Result::Ok(true),
                };
                match polled {
                    $crate::macros::support::Result::Ok(done) => over &= done,
                    $crate::macros::support::Result::Err(error) => {
                        return $crate::macros::support::Polled::Ready(
                            $crate::macros::support::Result::Err(error),
                        );
                    }
                }
            }
            match over {
                true => $crate::macros::support::Polled::Ready($crate::macros::support::Result::Ok((
                    $(match futures.$i.take() {
                        $crate::macros::support::Result::Ok(output) => output,
                        $crate::macros::support::Result::Err(_) => {
                            $crate::macros::support::unreachable!("it did not fail")
                        }
                    },)+
                ))),
                false => $crate::macros::support::Polled::Pending,
            }
        })
        .await
    }};
}
