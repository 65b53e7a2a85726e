//! What is asked of the stage, in every order in which the tasks can run.

use std::num::NonZeroUsize;
use std::time::Duration;

use priority_stage::{Parcel, sort};
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::{self, Instant};
use tokio_util::task::AbortOnDropHandle;

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);

#[test]
fn everything_comes_out_and_then_it_ends() {
    explore::tasks().check(|| async {
        let mut stage = Stage::start(3, 1);
        for number in 1..=4 {
            stage.puts(parcel(1, number)).await;
        }
        stage.input = None;
        let mut out = stage.rest().await;
        out.sort_unstable();
        assert!(
            out == [1, 2, 3, 4],
            "in went 1, 2, 3 and 4; out came {out:?}"
        );
        stage.ends("when everything had come out").await;
    });
}

#[test]
fn the_most_urgent_of_those_that_wait_comes_first() {
    explore::tasks().check(|| async {
        let mut stage = Stage::full(3).await;
        for parcel in [parcel(1, 1), parcel(3, 3), parcel(2, 2)] {
            stage.puts(parcel).await;
        }
        stage.settles().await;
        let out = [
            stage.takes().await,
            stage.takes().await,
            stage.takes().await,
        ];
        assert!(
            out == [3, 2, 1],
            "1, 3 and 2 were held, with the urgency of their numbers; out came {out:?}"
        );
    });
}

#[test]
fn of_two_that_are_equally_urgent_the_first_comes_first() {
    explore::tasks().check(|| async {
        let mut stage = Stage::full(5).await;
        for number in 1..=5 {
            stage.puts(parcel(7, number)).await;
        }
        stage.settles().await;
        let mut out = Vec::new();
        for _ in 1..=5 {
            out.push(stage.takes().await);
        }
        assert!(
            out == [1, 2, 3, 4, 5],
            "1 to 5 came in that order and are equally urgent; out came {out:?}"
        );
    });
}

#[test]
fn no_more_are_held_than_there_are_places_and_no_fewer() {
    explore::tasks().check(|| async {
        for places in [1, 2, 4] {
            let stage = Stage::full(places).await;
            let input = stage.input.as_ref().expect("it is open");
            let mut accepted = 0;
            while time::timeout(SECOND, input.send(parcel(1, accepted)))
                .await
                .is_ok()
            {
                accepted += 1;
                assert!(
                    accepted < 20,
                    "20 parcels were accepted, for {places} places"
                );
            }
            // One lies in the input, which has room for one.
            let held = accepted as usize - 1;
            assert!(
                held == places,
                "the output was full, and of {places} places {held} were taken"
            );
        }
    });
}

#[test]
fn a_late_one_that_is_more_urgent_goes_first() {
    explore::tasks().check(|| async {
        let mut stage = Stage::full(3).await;
        stage.puts(parcel(1, 1)).await;
        stage.settles().await;
        stage.puts(parcel(9, 9)).await;
        stage.settles().await;
        let out = [stage.takes().await, stage.takes().await];
        assert!(
            out == [9, 1],
            "while 1 waited for room, 9 came, which is more urgent; out came {out:?}"
        );
    });
}

#[test]
fn a_parcel_goes_out_at_once_if_there_is_room() {
    explore::tasks().check(|| async {
        let mut stage = Stage::start(3, 1);
        for number in 1..=2 {
            let start = Instant::now();
            stage.puts(parcel(1, number)).await;
            let out = stage.takes().await;
            let waited = start.elapsed();
            assert!(
                out == number && waited == Duration::ZERO,
                "parcel {number} was alone, there was room, and {out} came out after {waited:?}"
            );
        }
    });
}

#[test]
fn room_is_used_at_once() {
    explore::tasks().check(|| async {
        let mut stage = Stage::full(2).await;
        stage.puts(parcel(1, 1)).await;
        time::sleep(60 * SECOND).await;
        let start = Instant::now();
        let out = stage.takes().await;
        let waited = start.elapsed();
        assert!(
            out == 1 && waited == Duration::ZERO,
            "after a minute there was room for 1; {out} came out {waited:?} later"
        );
    });
}

#[test]
fn what_is_held_is_sent_on_while_more_comes_in() {
    explore::tasks().bound(1).check(|| async {
        let mut stage = Stage::start(2, 1);
        let input = stage.input.take().expect("it is open");
        let arriving = AbortOnDropHandle::new(tokio::spawn(async move {
            for number in 0..20 {
                if input.send(parcel(1, number)).await.is_err() {
                    return;
                }
            }
            time::sleep(HOUR).await;
        }));
        let first = [
            stage.takes().await,
            stage.takes().await,
            stage.takes().await,
        ];
        assert!(
            first == [0, 1, 2],
            "20 parcels of one urgency came; the first to come out were {first:?}"
        );
        drop(arriving);
    });
}

#[test]
fn when_the_input_has_ended_the_order_stays() {
    explore::tasks().check(|| async {
        let mut stage = Stage::full(3).await;
        for parcel in [parcel(1, 1), parcel(2, 2)] {
            stage.puts(parcel).await;
        }
        stage.input = None;
        stage.settles().await;
        let _before = stage.output.as_mut().expect("it is open").recv().await;
        let out = stage.rest().await;
        assert!(
            out == [2, 1],
            "2 is more urgent than 1, both were held at the end; out came {out:?}"
        );
        stage.ends("when everything had come out").await;
    });
}

#[test]
fn it_ends_if_nobody_takes_anything_and_it_holds_nothing() {
    explore::tasks().check(|| async {
        let mut stage = Stage::start(2, 1);
        stage.output = None;
        stage
            .ends("when nobody took the output any more, with nothing held")
            .await;
    });
}

#[test]
fn it_ends_if_nobody_takes_what_it_holds() {
    explore::tasks().check(|| async {
        for number in [1, 2, 3] {
            let mut stage = Stage::full(2).await;
            for number in 1..=number {
                stage.puts(parcel(1, number)).await;
            }
            stage.settles().await;
            stage.output = None;
            stage
                .ends("when nobody took the output any more, with something held")
                .await;
        }
    });
}

fn parcel(urgency: u8, number: u32) -> Parcel {
    Parcel { urgency, number }
}

/// A stage between an input with room for one parcel and an output.
struct Stage {
    input: Option<Sender<Parcel>>,
    output: Option<Receiver<Parcel>>,
    running: AbortOnDropHandle<()>,
    /// Whether the output has been filled with a parcel that nobody asked for.
    is_filled: bool,
}

impl Stage {
    fn start(places: usize, room: usize) -> Self {
        let (input, from) = mpsc::channel(1);
        let (to, output) = mpsc::channel(room);
        let places = NonZeroUsize::new(places).expect("at least one");
        Self {
            input: Some(input),
            output: Some(output),
            running: AbortOnDropHandle::new(tokio::spawn(sort(from, to, places))),
            is_filled: false,
        }
    }

    /// One whose output, with room for one, is full.
    async fn full(places: usize) -> Self {
        let mut stage = Self::start(places, 1);
        stage.puts(parcel(0, 0)).await;
        stage.settles().await;
        stage.is_filled = true;
        stage
    }

    async fn puts(&self, parcel: Parcel) {
        let input = self.input.as_ref().expect("it is open");
        let put = time::timeout(HOUR, input.send(parcel)).await;
        let put = put.unwrap_or_else(|_| panic!("{parcel:?} was not taken in within an hour"));
        assert!(put.is_ok(), "the stage has ended before {parcel:?} came");
    }

    /// Lets everybody do what he can.
    async fn settles(&self) {
        time::sleep(SECOND).await;
    }

    /// The number of the parcel that comes next; the one that filled the output is put aside.
    async fn takes(&mut self) -> u32 {
        let output = self.output.as_mut().expect("it is open");
        if std::mem::take(&mut self.is_filled) {
            let filling = output.try_recv().map(|parcel| parcel.number);
            assert!(
                filling == Ok(0),
                "the output was filled with 0, and holds {filling:?}"
            );
        }
        let next = time::timeout(HOUR, output.recv()).await;
        let next = next.unwrap_or_else(|_| panic!("nothing came out within an hour"));
        next.expect("the stage has ended").number
    }

    /// What comes out until the end.
    async fn rest(&mut self) -> Vec<u32> {
        let output = self.output.as_mut().expect("it is open");
        let mut rest = Vec::new();
        while let Ok(Some(parcel)) = time::timeout(HOUR, output.recv()).await {
            rest.push(parcel.number);
        }
        rest
    }

    async fn ends(self, when: &str) {
        let start = Instant::now();
        let end = time::timeout(HOUR, self.running).await;
        let waited = start.elapsed();
        assert!(
            matches!(end, Ok(Ok(()))) && waited == Duration::ZERO,
            "the stage was to end {when}; after {waited:?} it is {end:?}"
        );
    }
}
