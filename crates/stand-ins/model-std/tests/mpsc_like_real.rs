//! Programs with one outcome have the same one under the stand-in as with the real `mpsc`.

/// Compiles each snippet with the real `std` and with the stand-in, and compares what they return.
macro_rules! snippets {
    ($($name:ident $body:block)*) => {
        mod real {
            #![allow(unused_imports)]
            use ::std::{sync::mpsc, thread, time::Duration};
            $( pub fn $name() -> String $body )*
        }
        mod model {
            #![allow(unused_imports)]
            use model_std::{sync::mpsc, thread, time::Duration};
            $( pub fn $name() -> String $body )*
        }
        $(
            #[test]
            fn $name() {
                let expected = real::$name();
                assert!(!expected.is_empty(), "a snippet returns something to compare");
                explore::threads().check(move || assert_eq!(model::$name(), expected));
            }
        )*
    };
}

snippets! {
    unbounded {
        let (sender, receiver) = mpsc::channel();
        let empty = receiver.try_recv();
        sender.send(1).unwrap();
        sender.clone().send(2).unwrap();
        let now: Vec<i32> = receiver.try_iter().collect();
        let late = receiver.recv_timeout(Duration::from_millis(1));
        sender.send(3).unwrap();
        drop(sender);
        let mut rest = Vec::new();
        for number in &receiver {
            rest.push(number);
        }
        let end = (receiver.recv(), receiver.try_recv(), receiver.recv_timeout(Duration::MAX));
        format!("{empty:?} {now:?} {late:?} {rest:?} {end:?}")
    }

    bounded {
        let (sender, receiver) = mpsc::sync_channel(1);
        let sent = (sender.try_send(1), sender.try_send(2));
        let got = (receiver.recv(), sender.send(3));
        drop(receiver);
        format!("{sent:?} {got:?} {:?} {:?}", sender.try_send(4), sender.send(5))
    }

    rendezvous {
        let (sender, receiver) = mpsc::sync_channel(0);
        let nobody = (sender.try_send(0), receiver.try_recv());
        let other = thread::spawn(move || (1..=3).map(|n| sender.send(n).is_ok()).collect::<Vec<_>>());
        let got: Vec<i32> = receiver.into_iter().collect();
        format!("{nobody:?} {got:?} {:?}", other.join().unwrap())
    }

    messages_left_behind {
        let (sender, receiver) = mpsc::sync_channel(1);
        let (inner, probe) = mpsc::channel::<()>();
        sender.send(inner).unwrap();
        drop(receiver);
        format!("{:?}", probe.try_recv())
    }

    a_panic_drops_its_sender {
        let (sender, receiver) = mpsc::channel::<i32>();
        let other = thread::spawn(move || {
            sender.send(1).unwrap();
            panic!("no more");
        });
        let got: Vec<i32> = receiver.iter().collect();
        format!("{got:?} {}", other.join().is_err())
    }

    in_words {
        let (sender, receiver) = mpsc::channel::<i32>();
        format!("{sender:?} {receiver:?}")
    }
}

/// Whether a type has a trait, asked without demanding it.
macro_rules! has {
    ($type:ty: $trait:ident) => {{
        struct Probe<T: ?Sized>(std::marker::PhantomData<T>);
        #[allow(dead_code, reason = "not asked where the type has the trait")]
        trait Otherwise {
            const HAS: bool = false;
        }
        impl<T: ?Sized> Otherwise for Probe<T> {}
        #[allow(dead_code, reason = "it is shadowed where the type lacks the trait")]
        impl<T: ?Sized + $trait> Probe<T> {
            const HAS: bool = true;
        }
        Probe::<$type>::HAS
    }};
}

#[test]
fn ends_may_go_where_the_real_ones_may() {
    use std::cell::Cell;
    use std::panic::RefUnwindSafe;
    use std::rc::Rc;

    use model_std::sync::mpsc as model;
    use std::sync::mpsc as real;

    macro_rules! same {
        ($($type:ident<$of:ty>: $trait:ident),* $(,)?) => { $(
            assert_eq!(
                has!(model::$type<$of>: $trait),
                has!(real::$type<$of>: $trait),
                "{}<{}>: {}", stringify!($type), stringify!($of), stringify!($trait)
            );
        )* };
    }
    same!(
        Sender<u8>: Send, Sender<u8>: Sync, Sender<Cell<u8>>: Send, Sender<Cell<u8>>: Sync,
        Sender<Rc<u8>>: Send, Sender<Rc<u8>>: Sync, Sender<u8>: RefUnwindSafe,
        SyncSender<u8>: Send, SyncSender<u8>: Sync, SyncSender<Rc<u8>>: Send,
        Receiver<u8>: Send, Receiver<u8>: Sync, Receiver<Rc<u8>>: Send,
        Receiver<u8>: RefUnwindSafe,
    );
}

#[test]
fn a_receiver_that_ignores_the_end_goes_round_in_circles() {
    let verdict = explore::threads().explore(|| {
        let (sender, receiver) = model_std::sync::mpsc::channel::<i32>();
        model_std::thread::spawn(move || sender.send(1));
        let mut total = 0;
        while total < 2 {
            total += receiver.recv().unwrap_or(0);
        }
    });
    verdict.expect_failure(explore::FailureKind::Livelock);
}
