//! A job for a pool that has been stopped.
//!
//! In Go a stopped pool is still there: a guide's `Submit` sends on the channel that `Stop` has
//! closed, and panics; another one's accepts four jobs into the buffer, and then blocks for ever.
//! A `stop` that takes `self` leaves nothing to submit to. (Where many hands hold the pool, stopping
//! must take `&self`; then `submit` has to be able to say no.)

// refused: E0382

use std::sync::mpsc;

struct Pool {
    jobs: mpsc::Sender<u32>,
}

impl Pool {
    fn submit(&self, job: u32) {
        self.jobs.send(job).expect("somebody works");
    }

    fn stop(self) {}
}

fn main() {
    let (jobs, _queue) = mpsc::channel();
    let pool = Pool { jobs };
    pool.submit(17);
    pool.stop();
    pool.submit(18); //~
}
