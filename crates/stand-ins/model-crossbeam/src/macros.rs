//! `select!` and `select_biased!`, on top of [`Select`](crate::channel::Select).
//!
//! Arms are first brought into one form and their channels borrowed, each under a name of its
//! own. Then one `Select` decides, and a chain of `if`s carries out the arm that it chose, so
//! that `break`, `return` and `?` in an arm mean what they mean around it.

/// Takes any arm that is ready.
#[doc(hidden)]
#[macro_export]
macro_rules! __select_any {
    ($($arms:tt)*) => { $crate::__select!(@list new ($($arms)*) ()) };
}

/// Takes the first arm that is ready.
#[doc(hidden)]
#[macro_export]
macro_rules! __select_first {
    ($($arms:tt)*) => { $crate::__select!(@list new_biased ($($arms)*) ()) };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __select {
    // One form for all arms: `name(arguments) (pattern) { body }`.
    (@list $new:ident () ($($arms:tt)*)) => {
        $crate::__select!(@borrow $new ($($arms)*) () ())
    };
    (@list $new:ident (default => $($rest:tt)*) $arms:tt) => {
        $crate::__select!(@list $new (default() => $($rest)*) $arms)
    };
    (@list $new:ident
        ($name:ident $arguments:tt $(-> $result:pat)? => { $($body:tt)* }, $($rest:tt)*)
        ($($arms:tt)*)
    ) => {
        $crate::__select!(@list $new ($($rest)*)
            ($($arms)* $name $arguments ($($result)?) { $($body)* }))
    };
    (@list $new:ident
        ($name:ident $arguments:tt $(-> $result:pat)? => $body:expr, $($rest:tt)*)
        ($($arms:tt)*)
    ) => {
        $crate::__select!(@list $new ($($rest)*)
            ($($arms)* $name $arguments ($($result)?) { $body }))
    };
    (@list $new:ident
        ($name:ident $arguments:tt $(-> $result:pat)? => { $($body:tt)* } $($rest:tt)*)
        ($($arms:tt)*)
    ) => {
        $crate::__select!(@list $new ($($rest)*)
            ($($arms)* $name $arguments ($($result)?) { $($body)* }))
    };
    (@list $new:ident
        ($name:ident $arguments:tt $(-> $result:pat)? => $body:expr)
        ($($arms:tt)*)
    ) => {
        $crate::__select!(@list $new ()
            ($($arms)* $name $arguments ($($result)?) { $body }))
    };
    (@list $new:ident ($($rest:tt)*) $arms:tt) => {
        compile_error!(concat!(
            "expected `recv(r) -> msg => …`, `send(s, msg) -> res => …` or `default => …`, found `",
            stringify!($($rest)*),
            "`",
        ))
    };

    // Channels are borrowed before anything is decided, messages made only when they are sent.
    (@borrow $new:ident
        (recv($r:expr $(,)?) ($result:pat) $body:tt $($rest:tt)*)
        ($($arms:tt)*) $default:tt
    ) => {
        match $r {
            ref receiver => {
                let receiver: &$crate::channel::Receiver<_> = receiver;
                $crate::__select!(@borrow $new ($($rest)*)
                    ($($arms)* (recv receiver () ($result) $body)) $default)
            }
        }
    };
    (@borrow $new:ident
        (send($s:expr, $message:expr $(,)?) ($result:pat) $body:tt $($rest:tt)*)
        ($($arms:tt)*) $default:tt
    ) => {
        match $s {
            ref sender => {
                let sender: &$crate::channel::Sender<_> = sender;
                $crate::__select!(@borrow $new ($($rest)*)
                    ($($arms)* (send sender (, $message) ($result) $body)) $default)
            }
        }
    };
    (@borrow $new:ident
        (default($($timeout:expr)? $(,)?) () $body:tt $($rest:tt)*)
        $arms:tt ()
    ) => {
        $crate::__select!(@borrow $new ($($rest)*) $arms (($($timeout)?) $body))
    };
    (@borrow $new:ident (default $arguments:tt () $body:tt $($rest:tt)*) $arms:tt $default:tt) => {
        compile_error!("there can be only one `default` case in a `select!` block")
    };
    (@borrow $new:ident
        () ($(($name:ident $channel:ident $message:tt $result:tt $body:tt))*) $default:tt
    ) => {{
        let mut select = $crate::channel::Select::$new();
        $( select.$name($channel); )*
        $crate::__select!(@decide select $default
            $(($name $channel $message $result $body))*)
    }};

    (@decide $select:ident () $($arms:tt)*) => {{
        let operation = $select.select();
        $crate::__select!(@carry operation (0_usize) $($arms)*)
    }};
    (@decide $select:ident (() $default:tt) $($arms:tt)*) => {
        match $select.try_select() {
            Ok(operation) => $crate::__select!(@carry operation (0_usize) $($arms)*),
            Err(_) => $default,
        }
    };
    (@decide $select:ident (($timeout:expr) $default:tt) $($arms:tt)*) => {
        match $select.select_timeout($timeout) {
            Ok(operation) => $crate::__select!(@carry operation (0_usize) $($arms)*),
            Err(_) => $default,
        }
    };

    (@carry $operation:ident ($n:expr)) => {{
        // There was no such arm.
        let _ = $operation;
        unreachable!()
    }};
    (@carry $operation:ident ($n:expr)
        ($name:ident $channel:ident ($($message:tt)*) ($result:pat) $body:tt) $($rest:tt)*
    ) => {
        if $operation.index() == $n {
            let $result = $operation.$name($channel $($message)*);
            $body
        } else {
            $crate::__select!(@carry $operation ($n + 1) $($rest)*)
        }
    };
}
