//! What threads share, each in its usual dress.

use std::collections::HashMap;
use std::hint::{self, black_box};
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{
    self, AtomicBool, AtomicI64, AtomicPtr, AtomicU8, AtomicU64, AtomicUsize, Ordering::*, fence,
};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender, TryRecvError};
use std::sync::{
    Arc, Barrier, BarrierWaitResult, Condvar, LazyLock, LockResult, Mutex, MutexGuard, Once,
    OnceLock, PoisonError, RwLock, RwLockReadGuard, TryLockError, WaitTimeoutResult,
};
use std::thread::{self, Builder, JoinHandle, ScopedJoinHandle};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

static NEXT: AtomicU64 = AtomicU64::new(1);
static TABLE: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| HashMap::from([("one", 1)]));
static NAME: OnceLock<String> = OnceLock::new();
static START: Once = Once::new();

/// Names with numbers.
#[derive(Debug, Default)]
pub struct Registry {
    names: RwLock<HashMap<String, u64>>,
    changes: AtomicUsize,
    open: AtomicBool,
}

impl Registry {
    /// The number of a name; gives it one if it has none.
    pub fn number(&self, name: &str) -> u64 {
        if let Some(&number) = self.read().get(name) {
            return number;
        }
        let mut names = self.names.write().unwrap_or_else(PoisonError::into_inner);
        *names.entry(name.to_owned()).or_insert_with(|| {
            self.changes.fetch_add(1, Relaxed);
            self.open.store(true, Release);
            NEXT.fetch_add(1, Relaxed)
        })
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<String, u64>> {
        self.names.read().unwrap()
    }
}

fn locked(mutex: &Mutex<u32>) -> MutexGuard<'_, u32> {
    let result: LockResult<_> = mutex.lock();
    result.unwrap()
}

fn channels() -> u32 {
    let (jobs, work): (Sender<u32>, Receiver<u32>) = mpsc::channel();
    let (done, results): (SyncSender<u32>, _) = mpsc::sync_channel(1);
    let worker: JoinHandle<usize> = thread::spawn(move || {
        let mut count = 0;
        for job in work {
            done.send(job * 2).unwrap();
            count += 1;
        }
        count
    });
    jobs.send(21).unwrap();
    drop(jobs);
    let result = results.recv_timeout(Duration::from_secs(1));
    let result = match result {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => results.recv().unwrap(),
        Err(RecvTimeoutError::Disconnected) => unreachable!(),
    };
    assert_eq!(worker.join().unwrap(), 1);
    assert_eq!(results.try_recv(), Err(TryRecvError::Disconnected));
    result
}

fn waiting(parties: NonZeroUsize) -> Duration {
    let begin = Instant::now();
    let (ready, changed) = (Mutex::new(false), Condvar::new());
    let barrier = Barrier::new(parties.get());
    thread::scope(|scope| {
        let handle: ScopedJoinHandle<'_, bool> = scope.spawn(|| {
            let result: BarrierWaitResult = barrier.wait();
            *ready.lock().unwrap() = true;
            changed.notify_all();
            result.is_leader()
        });
        barrier.wait();
        let guard = changed
            .wait_while(ready.lock().unwrap(), |ready| !*ready)
            .unwrap();
        let (guard, result): (_, WaitTimeoutResult) = changed
            .wait_timeout(guard, Duration::from_millis(1))
            .unwrap();
        drop((guard, result.timed_out()));
        handle.join().unwrap();
    });
    thread::sleep(Duration::from_millis(1));
    begin.elapsed()
}

fn atomics() -> i64 {
    let flags = AtomicU8::new(0);
    flags.fetch_or(1, AcqRel);
    let count = AtomicI64::new(-1);
    count
        .fetch_update(SeqCst, Relaxed, |n| Some(n - 1))
        .unwrap();
    let mut word = 7;
    let pointer = AtomicPtr::new(&raw mut word);
    assert_eq!(pointer.load(atomic::Ordering::Acquire), &raw mut word);
    fence(SeqCst);
    while flags.compare_exchange_weak(1, 2, AcqRel, Acquire).is_err() {
        hint::spin_loop();
    }
    black_box(count.into_inner())
}

/// Uses all of it once.
pub fn everything() -> String {
    START.call_once(|| {
        NAME.set("registry".to_owned()).unwrap();
    });
    let registry = Arc::new(Registry::default());
    let theirs = Arc::clone(&registry);
    let worker = Builder::new().name("worker".into());
    let worker = worker.spawn(move || theirs.number("ann")).unwrap();
    let own = registry.number("ann");
    assert_eq!(worker.join().unwrap(), own);
    let mutex = Mutex::new(1);
    let guard = locked(&mutex);
    assert!(matches!(mutex.try_lock(), Err(TryLockError::WouldBlock)));
    drop(guard);
    let caught = catch_unwind(AssertUnwindSafe(|| {
        let _guard = locked(&mutex);
        std::panic!("with the lock");
    }));
    assert!(caught.is_err() && mutex.is_poisoned() && !thread::panicking());
    let again = catch_unwind(|| panic::resume_unwind(Box::new(1)));
    assert!(again.is_err());
    // Locks and atomics may be shared with what panics, without a word.
    let (rwlock, cell, open) = (RwLock::new(1), OnceLock::new(), AtomicBool::new(true));
    let seen = catch_unwind(|| {
        let poisoned = mutex.lock().is_err();
        (
            poisoned,
            *rwlock.read().unwrap(),
            *cell.get_or_init(|| 2),
            open.load(SeqCst),
        )
    });
    assert_eq!(seen.unwrap(), (true, 1, 2, true));
    let draws: Arc<Mutex<dyn Iterator<Item = u32> + Send>> = Arc::new(Mutex::new(1..3));
    assert_eq!(draws.lock().unwrap().next(), Some(1));
    let age = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let parties = thread::available_parallelism().unwrap();
    format!(
        "{} {} {own} {} {} {} {}",
        NAME.get().unwrap(),
        TABLE["one"],
        channels(),
        waiting(parties) >= Duration::from_millis(1),
        atomics(),
        age.as_secs() > 0,
    )
}
