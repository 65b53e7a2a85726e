//! Programs with one outcome have the same one under the stand-in as with the real crate.

/// Compiles each snippet with the real `crossbeam` and with the stand-in, and compares what they
/// return.
macro_rules! snippets {
    ($($name:ident $body:block)*) => {
        mod real {
            #![allow(unused_imports)]
            use std::time::{Duration, Instant};
            use ::crossbeam;
            $( pub fn $name() -> String $body )*
        }
        mod model {
            #![allow(unused_imports)]
            use model_crossbeam as crossbeam;
            use model_std::time::{Duration, Instant};
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
    unbounded_in_order {
        let (s, r) = crossbeam::channel::unbounded();
        for i in 0..3 {
            s.send(i).unwrap();
        }
        let first = r.recv();
        let sizes = (s.len(), r.len(), s.is_empty(), s.is_full(), s.capacity());
        drop(s);
        let rest: Vec<i32> = r.iter().collect();
        format!("{first:?} {sizes:?} {rest:?} {:?} {:?}", r.recv(), r.try_recv())
    }

    bounded_and_full {
        let (s, r) = crossbeam::channel::bounded(1);
        let sent = (s.try_send(1), s.try_send(2), s.send_timeout(3, Duration::from_millis(1)));
        let (full, room) = (r.is_full(), r.capacity());
        let got = (r.try_recv(), r.try_recv(), r.recv_timeout(Duration::from_millis(1)));
        drop(r);
        format!("{sent:?} {full} {room:?} {got:?} {:?} {:?}", s.try_send(4), s.send(5))
    }

    messages_left_in_a_bounded_channel {
        let (s, r) = crossbeam::channel::bounded(2);
        let (inner, probe) = crossbeam::channel::unbounded::<()>();
        s.send(inner).unwrap();
        drop(r);
        let kept = probe.try_recv();
        drop(s);
        format!("{kept:?} {:?}", probe.try_recv())
    }

    messages_left_in_an_unbounded_channel {
        let (s, r) = crossbeam::channel::unbounded();
        let (inner, probe) = crossbeam::channel::unbounded::<()>();
        s.send(inner).unwrap();
        drop(r);
        let dropped = probe.try_recv();
        drop(s);
        format!("{dropped:?}")
    }

    rendezvous_without_partner {
        let (s, r) = crossbeam::channel::bounded(0);
        let tried = (s.try_send(1), r.try_recv(), s.is_full(), r.is_empty(), r.len());
        let timed = (
            s.send_timeout(2, Duration::from_millis(1)),
            r.recv_timeout(Duration::from_millis(1)),
        );
        drop(s);
        format!("{tried:?} {timed:?} {:?} {:?}", r.recv(), r.try_iter().next())
    }

    rendezvous_in_a_scope {
        let (s, r) = crossbeam::channel::bounded(0);
        let got = crossbeam::scope(|scope| {
            scope.spawn(|_| (0..3).for_each(|i| s.send(i).unwrap()));
            (0..3).map(|_| r.recv().unwrap()).collect::<Vec<i32>>()
        });
        format!("{:?}", got.unwrap())
    }

    select_of_one_ready {
        let (s1, r1) = crossbeam::channel::unbounded::<i32>();
        let (s2, r2) = crossbeam::channel::bounded::<&str>(1);
        let mut log = Vec::new();
        for _ in 0..2 {
            crossbeam::select! {
                recv(r1) -> msg => log.push(format!("{msg:?}")),
                send(s2, "b") -> sent => { log.push(format!("{sent:?}")) }
                default => log.push("nothing".to_owned()),
            }
        }
        log.push(format!("{:?}", r2.try_recv()));
        s1.send(7).unwrap();
        crossbeam::channel::select! {
            recv(&r1) -> msg => log.push(format!("{msg:?}")),
            recv(r2.clone()) -> msg => log.push(format!("{msg:?} instead")),
        };
        log.push(format!("{:?}", r2.try_recv()));
        format!("{log:?}")
    }

    select_biased_takes_the_first {
        let (s1, r1) = crossbeam::channel::unbounded();
        let (s2, r2) = crossbeam::channel::unbounded();
        s2.send(2).unwrap();
        s1.send(1).unwrap();
        let mut got = Vec::new();
        for _ in 0..2 {
            crossbeam::channel::select_biased! {
                recv(r1) -> msg => got.push(msg.unwrap()),
                recv(r2) -> msg => got.push(msg.unwrap()),
            }
        }
        format!("{got:?}")
    }

    select_with_a_limit {
        let (_s, r) = crossbeam::channel::unbounded::<i32>();
        let mut log = Vec::new();
        loop {
            crossbeam::select! {
                recv(r) -> _ => unreachable!("nobody sends"),
                default(Duration::from_millis(1)) => {
                    log.push("late");
                    if log.len() == 2 {
                        break;
                    }
                    continue
                }
            }
        }
        format!("{log:?}")
    }

    select_returns_values_and_passes_errors_on {
        fn first(r: &crossbeam::channel::Receiver<i32>) -> Result<i32, crossbeam::channel::RecvError> {
            let doubled = crossbeam::select! {
                recv(r) -> msg => msg? * 2,
                default => return Ok(-1),
            };
            Ok(doubled)
        }
        let (s, r) = crossbeam::channel::unbounded();
        let empty = first(&r);
        s.send(21).unwrap();
        let one = first(&r);
        drop(s);
        format!("{empty:?} {one:?} {:?}", first(&r))
    }

    the_message_of_an_arm_is_made_only_when_sent {
        let (s, r) = crossbeam::channel::bounded(1);
        let mut made = 0;
        for _ in 0..2 {
            crossbeam::select! {
                send(s, { made += 1; made }) -> _ => {}
                default => {}
            }
        }
        format!("{made} {:?}", r.try_recv())
    }

    clocks {
        let begin = Instant::now();
        let once = crossbeam::channel::after(Duration::from_millis(2));
        let ticks = crossbeam::channel::tick(Duration::from_millis(1));
        let never = crossbeam::channel::never::<i32>();
        let early = (once.try_recv().is_err(), never.try_recv(), once.capacity(), never.capacity());
        let first = ticks.recv().unwrap();
        let second = ticks.recv().unwrap();
        let alarm = once.recv().unwrap();
        let order = (begin < first, first < second, begin < alarm);
        let again = once.recv_timeout(Duration::from_millis(1));
        let past = crossbeam::channel::at(begin).recv().unwrap() == begin;
        format!("{early:?} {order:?} {again:?} {past}")
    }

    select_by_hand {
        let (s1, r1) = crossbeam::channel::unbounded::<i32>();
        let (s2, r2) = crossbeam::channel::bounded::<i32>(1);
        let mut select = crossbeam::channel::Select::new();
        let (a, b) = (select.recv(&r1), select.send(&s2));
        let first = select.select();
        let index = first.index();
        let sent = first.send(&s2, 5);
        let late = select.try_select().is_err();
        let limit = select.ready_timeout(Duration::from_millis(1)).is_err();
        s1.send(6).unwrap();
        let ready = select.ready();
        select.remove(b);
        let operation = select.select();
        format!("{a} {b} {index} {sent:?} {late} {limit} {ready} {:?} {:?}",
            operation.recv(&r1), r2.recv())
    }

    a_scope_tells_of_panics {
        let told = crossbeam::scope(|scope| {
            let joined = scope.spawn(|_| -> i32 { panic!("first") });
            let error = joined.join().unwrap_err();
            error.downcast_ref::<&str>().map(|text| text.to_string())
        });
        let untold = crossbeam::thread::scope(|scope| {
            scope.spawn(|_| panic!("second"));
            5
        });
        format!("{told:?} {}", untold.is_err())
    }

    a_scoped_thread_spawns_another {
        let mut list = vec![1, 2];
        let sum = crossbeam::scope(|scope| {
            let handle = scope.builder().name("outer".to_owned()).spawn(|scope| {
                let inner = scope.spawn(|_| list.push(3));
                inner.join().unwrap();
                crossbeam::channel::bounded::<i32>(3).0.capacity()
            });
            let handle = handle.unwrap();
            let name = handle.thread().name().map(str::to_owned);
            (name, handle.join().unwrap())
        });
        format!("{sum:?} {list:?}")
    }

    queues {
        let array = crossbeam::queue::ArrayQueue::new(2);
        let pushed = (array.push(1), array.push(2), array.push(3));
        let forced = array.force_push(4);
        let state = (array.len(), array.is_full(), array.capacity(), array.pop());
        let seg = crossbeam::queue::SegQueue::new();
        seg.push('a');
        let popped = (seg.len(), seg.pop(), seg.pop(), seg.is_empty());
        let rest: Vec<i32> = array.into_iter().collect();
        format!("{pushed:?} {forced:?} {state:?} {popped:?} {rest:?}")
    }

    cells {
        let cell = crossbeam::atomic::AtomicCell::new(5_u8);
        let sums = (cell.fetch_add(254), cell.load(), cell.swap(9), cell.take());
        let exchanged = (cell.compare_exchange(1, 2), cell.compare_exchange(0, 3));
        let updated = (cell.fetch_update(|n| n.checked_sub(4)), cell.fetch_update(|n| Some(n + 1)));
        format!("{sums:?} {exchanged:?} {updated:?} {}", cell.into_inner())
    }

    backing_off {
        let backoff = crossbeam::utils::Backoff::new();
        let mut snoozes = 0;
        while !backoff.is_completed() {
            backoff.snooze();
            snoozes += 1;
        }
        backoff.reset();
        backoff.spin();
        format!("{snoozes} {}", backoff.is_completed())
    }

    parking {
        let parker = crossbeam::sync::Parker::new();
        let unparker = parker.unparker().clone();
        unparker.unpark();
        unparker.unpark();
        parker.park();
        parker.park_timeout(Duration::from_millis(1));
        crossbeam::scope(|scope| {
            scope.spawn(move |_| unparker.unpark());
            parker.park();
        }).unwrap();
        format!("{parker:?}")
    }

    sharded_locks {
        let lock = crossbeam::sync::ShardedLock::new(1);
        let readers = (lock.read().unwrap(), lock.try_read().unwrap());
        let refused = lock.try_write().is_err();
        let sum = *readers.0 + *readers.1;
        drop(readers);
        *lock.write().unwrap() += sum;
        format!("{refused} {:?}", lock.into_inner())
    }

    wait_groups {
        let group = crossbeam::sync::WaitGroup::new();
        let (s, r) = crossbeam::channel::unbounded();
        crossbeam::scope(|scope| {
            for i in 0..2 {
                let (group, s) = (group.clone(), s.clone());
                scope.spawn(move |_| {
                    s.send(i).unwrap();
                    drop(group);
                });
            }
            group.wait();
        }).unwrap();
        format!("{}", r.try_iter().sum::<i32>())
    }
}
