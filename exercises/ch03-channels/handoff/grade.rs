//! What is asked of the counter, in every order in which the threads can run.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use handoff::{NotTaken, handoff};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// What a send that returned `back` says about its parcel.
fn in_words<E>(back: &Result<(), E>) -> &'static str {
    match back {
        Ok(()) => "taken",
        Err(_) => "given back",
    }
}

#[test]
fn a_send_returns_only_when_its_parcel_is_taken() {
    explore::threads().check(|| {
        let (sender, receiver) = handoff();
        let asked = AtomicUsize::new(0);
        let seen = thread::scope(|scope| {
            let asked = &asked;
            let seen = scope.spawn(move || {
                ["lamp", "vase"].map(|parcel| {
                    sender.send(parcel).unwrap();
                    asked.load(Ordering::SeqCst)
                })
            });
            for parcel in ["lamp", "vase"] {
                asked.fetch_add(1, Ordering::SeqCst);
                assert_eq!(receiver.recv(), Some(parcel), "what was taken");
            }
            seen.join().unwrap()
        });
        for (sent, asked) in (1..).zip(seen) {
            assert!(
                asked >= sent,
                "{sent} parcels were said to be taken when somebody had asked for {asked}"
            );
        }
    });
}

#[test]
fn each_sender_waits_for_its_own_parcel() {
    explore::threads().check(|| {
        let (sender, receiver) = handoff();
        let (other, parcels) = (sender.clone(), ["lamp", "vase"]);
        let lamp = thread::spawn(move || sender.send("lamp"));
        let vase = thread::spawn(move || other.send("vase"));
        let taken = receiver.recv().expect("two senders are there");
        drop(receiver);
        let back = [lamp.join().unwrap(), vase.join().unwrap()];
        for (parcel, back) in parcels.into_iter().zip(back) {
            let expected = if parcel == taken { Ok(()) } else { Err(parcel) };
            assert!(
                back == expected,
                "the {taken} was taken, then the receiver went; the {parcel}: {back:?}"
            );
        }
    });
}

#[test]
fn each_parcel_is_taken_once() {
    explore::threads().check(|| {
        let (sender, receiver) = handoff();
        let other = receiver.clone();
        let receivers = [receiver, other].map(|r| thread::spawn(move || r.recv()));
        let told = ["lamp", "vase"].map(|parcel| sender.send(parcel));
        assert_eq!(told, [Ok(()), Ok(())], "two receivers waited");
        let mut taken = receivers.map(|receiver| receiver.join().unwrap());
        taken.sort_unstable();
        assert_eq!(
            taken,
            [Some("lamp"), Some("vase")],
            "what two receivers took of a lamp and a vase"
        );
    });
}

#[test]
fn nobody_sleeps_while_he_could_go_on() {
    explore::threads().bound(2).check(|| {
        let (sender, receiver) = handoff();
        let other = sender.clone();
        let senders = [
            thread::spawn(move || sender.send("lamp")),
            thread::spawn(move || other.send("vase")),
        ];
        let mut taken = [receiver.recv(), receiver.recv()];
        let told = senders.map(|sender| sender.join().unwrap());
        assert_eq!(told, [Ok(()), Ok(())], "the receiver asked twice");
        taken.sort_unstable();
        assert_eq!(
            taken,
            [Some("lamp"), Some("vase")],
            "what was taken of a lamp and a vase"
        );
    });
}

#[test]
fn parcels_of_one_sender_come_in_order_and_then_the_end() {
    explore::threads().check(|| {
        let (sender, receiver) = handoff();
        let sends = thread::spawn(move || ["lamp", "vase", "clock"].map(|p| sender.send(p)));
        let taken: Vec<_> = std::iter::from_fn(|| receiver.recv()).collect();
        assert_eq!(taken, ["lamp", "vase", "clock"], "what was taken, in order");
        assert_eq!(sends.join().unwrap(), [Ok(()); 3], "what was said of it");
        assert_eq!(receiver.recv(), None, "what comes after the end");
    });
}

#[test]
fn the_end_wakes_every_receiver_that_waits() {
    explore::threads().check(|| {
        let (sender, receiver) = handoff::<&str>();
        let other = receiver.clone();
        let receivers = [receiver, other].map(|r| thread::spawn(move || r.recv()));
        drop(sender);
        let taken = receivers.map(|receiver| receiver.join().unwrap());
        assert_eq!(taken, [None, None], "nothing was ever sent");
    });
}

#[test]
fn parcels_come_back_when_the_last_receiver_goes() {
    explore::threads().check(|| {
        let (sender, receiver) = handoff();
        let other = sender.clone();
        let senders = [
            thread::spawn(move || sender.send("lamp")),
            thread::spawn(move || other.send("vase")),
        ];
        drop(receiver);
        let back = senders.map(|sender| sender.join().unwrap());
        assert_eq!(
            back,
            [Err("lamp"), Err("vase")],
            "the only receiver went without taking anything"
        );
    });
}

#[test]
fn a_parcel_for_nobody_comes_back_at_once() {
    explore::threads().check(|| {
        let begin = Instant::now();
        let (sender, receiver) = handoff();
        let other = receiver.clone();
        drop((receiver, other));
        assert_eq!(sender.send("lamp"), Err("lamp"));
        assert_eq!(
            sender.send_timeout("lamp", seconds(60)),
            Err(NotTaken::NobodyThere("lamp"))
        );
        let waited = begin.elapsed();
        assert_eq!(waited, Duration::ZERO, "how long nobody was waited for");
    });
}

#[test]
fn the_counter_is_open_as_long_as_a_clone_is_there() {
    explore::threads().check(|| {
        let (sender, receiver) = handoff();
        drop((sender.clone(), receiver.clone()));
        let sends = thread::spawn(move || sender.send("lamp"));
        assert_eq!(receiver.recv(), Some("lamp"), "what was taken");
        let told = sends.join().unwrap();
        assert_eq!(told, Ok(()), "a clone of the receiver went, and one stayed");
    });
}

#[test]
fn whoever_waits_sleeps_and_does_not_poll() {
    explore::threads().check(|| {
        let begin = Instant::now();
        let (sender, receiver) = handoff();
        let sends = thread::spawn(move || ["lamp", "vase"].map(|p| sender.send(p)));
        let taken = [receiver.recv(), receiver.recv(), receiver.recv()];
        assert_eq!(taken, [Some("lamp"), Some("vase"), None]);
        sends.join().unwrap().map(Result::unwrap);
        let waited = begin.elapsed();
        assert_eq!(
            waited,
            Duration::ZERO,
            "time spent in sleeps and timeouts, where everybody was there"
        );
    });
}

#[test]
fn a_sender_who_gives_up_takes_the_parcel_along() {
    explore::threads().check(|| {
        let begin = Instant::now();
        let (sender, receiver) = handoff();
        let told = sender.send_timeout("lamp", seconds(5));
        assert_eq!(told, Err(NotTaken::TimedOut("lamp")), "nobody asked");
        let waited = begin.elapsed();
        assert_eq!(waited, seconds(5), "how long a patience of 5 s lasted");

        let sends = thread::spawn(move || sender.send("vase"));
        let taken = [receiver.recv(), receiver.recv()];
        assert_eq!(
            taken,
            [Some("vase"), None],
            "what was taken after the lamp had come back"
        );
        assert_eq!(sends.join().unwrap(), Ok(()), "the vase was taken");
    });
}

#[test]
fn a_parcel_is_either_taken_or_given_back() {
    explore::threads().check(|| {
        let (sender, receiver) = handoff();
        let patience = Duration::from_millis(5);
        // The receiver comes at the very moment at which the sender gives up.
        let gives_up = thread::spawn(move || sender.send_timeout("lamp", patience));
        thread::sleep(patience);
        let taken = receiver.recv();
        let told = gives_up.join().unwrap();
        let expected = match taken {
            Some(_) => Ok(()),
            None => Err(NotTaken::TimedOut("lamp")),
        };
        assert!(
            told == expected,
            "the receiver got {taken:?}, and the sender was told that it was {}",
            in_words(&told)
        );
    });
}

#[test]
fn a_sender_who_gives_up_is_in_nobodys_way() {
    explore::threads().check(|| {
        let (sender, receiver) = handoff();
        let other = sender.clone();
        let gives_up = thread::spawn(move || other.send_timeout("lamp", seconds(1)));
        let stays = thread::spawn(move || sender.send("vase"));
        thread::sleep(seconds(2));
        let taken: Vec<_> = std::iter::from_fn(|| receiver.recv()).collect();
        let lamp = gives_up.join().unwrap();
        assert_eq!(
            stays.join().unwrap(),
            Ok(()),
            "what the one who stayed was told"
        );
        let said = 1 + usize::from(lamp.is_ok());
        assert!(
            taken.len() == said && taken.contains(&"vase"),
            "{taken:?} were taken; the lamp was {}, the vase taken",
            in_words(&lamp)
        );
    });
}

#[test]
fn patience_may_be_of_any_length() {
    explore::threads().check(|| {
        let begin = Instant::now();
        let (sender, receiver) = handoff();
        let told = sender.send_timeout("lamp", Duration::ZERO);
        assert_eq!(told, Err(NotTaken::TimedOut("lamp")), "nobody asked");
        let sends = thread::spawn(move || sender.send_timeout("vase", Duration::MAX));
        let taken = [receiver.recv(), receiver.recv()];
        assert_eq!(
            taken,
            [Some("vase"), None],
            "what was taken of a lamp with no patience and a vase with all there is"
        );
        let told = sends.join().unwrap();
        assert_eq!(told, Ok(()), "what the second sender was told");
        let waited = begin.elapsed();
        assert_eq!(waited, Duration::ZERO, "how long that took");
    });
}

#[test]
fn patience_is_counted_once_and_not_at_every_awakening() {
    explore::threads().check(|| {
        let (sender, receiver) = handoff();
        let gives_up = thread::spawn(move || {
            let begin = Instant::now();
            let told = sender.send_timeout("lamp", seconds(6));
            (told, begin.elapsed())
        });
        // Receivers come and go, and none takes anything.
        for _ in 0..5 {
            thread::sleep(seconds(1));
            drop(receiver.clone());
        }
        let (told, waited) = gives_up.join().unwrap();
        assert_eq!(told, Err(NotTaken::TimedOut("lamp")), "nobody asked");
        // A thread may be held up before its clock starts: a second for each departure.
        assert!(
            waited >= seconds(6) && waited <= seconds(9),
            "a patience of 6 s lasted {} s",
            waited.as_secs()
        );
    });
}

#[test]
fn a_sender_with_patience_is_told_that_nobody_is_there() {
    explore::threads().check(|| {
        let begin = Instant::now();
        let (sender, receiver) = handoff();
        let waits = thread::spawn(move || sender.send_timeout("lamp", seconds(60)));
        drop(receiver);
        let gone = begin.elapsed();
        let told = waits.join().unwrap();
        // Where the receiver took its time, the patience may have been over first.
        let in_time = gone < seconds(60);
        let expected = told == Err(NotTaken::NobodyThere("lamp"));
        assert!(
            expected || !in_time && told == Err(NotTaken::TimedOut("lamp")),
            "the receiver went after {} s, the patience was 60 s, and the sender was told {told:?}",
            gone.as_secs()
        );
    });
}

#[test]
fn both_know_what_the_other_did_before() {
    explore::threads().check(|| {
        let (sender, receiver) = handoff();
        let (packed, cleared) = (AtomicBool::new(false), AtomicBool::new(false));
        thread::scope(|scope| {
            let (packed, cleared) = (&packed, &cleared);
            scope.spawn(move || {
                packed.store(true, Ordering::Relaxed);
                sender.send("lamp").unwrap();
                let cleared = cleared.load(Ordering::Relaxed);
                assert!(
                    cleared,
                    "the receiver cleared its table before it took the lamp, \
                     and the sender, after its send, did not see that"
                );
            });
            cleared.store(true, Ordering::Relaxed);
            receiver.recv().unwrap();
            let packed = packed.load(Ordering::Relaxed);
            assert!(
                packed,
                "the sender packed the lamp before it sent it, \
                 and the receiver, after it took it, did not see that"
            );
        });
    });
}
