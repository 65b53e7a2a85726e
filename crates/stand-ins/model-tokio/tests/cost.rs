//! What typical programs cost. Run it with
//! `cargo test -p model-tokio --test cost -- --ignored --nocapture`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use explore::Verdict;
use model_tokio as tokio;
use tokio::sync::{Mutex, RwLock, Semaphore, broadcast, mpsc, oneshot};
use tokio::task::JoinSet;

fn print(name: &str, explore: impl FnOnce() -> Verdict) {
    let begin = Instant::now();
    let verdict = explore();
    let took = begin.elapsed();
    let each = took / u32::try_from(verdict.schedules()).unwrap_or(u32::MAX);
    println!(
        "{name:28} {:7.1} ms {:6} schedules {each:>9.1?} each  {}",
        took.as_secs_f64() * 1e3,
        verdict.schedules(),
        verdict
            .failure()
            .map_or_else(|| verdict.covered(), |failure| failure.kind.to_string()),
    );
}

#[test]
#[ignore = "prints figures, and asserts nothing"]
fn typical_programs() {
    print("two opposite locks", || {
        explore::tasks().explore(|| async {
            let a = Arc::new(Mutex::new(0));
            let b = Arc::new(Mutex::new(0));
            let tasks = [(a.clone(), b.clone()), (b, a)].map(|(from, to)| {
                tokio::spawn(async move {
                    let mut from = from.lock().await;
                    *to.lock().await += 1;
                    *from -= 1;
                })
            });
            for task in tasks {
                task.await.unwrap();
            }
        })
    });
    print("three tasks, one counter", || {
        explore::tasks().explore(|| async {
            let hits = Arc::new(Mutex::new(0));
            let mut tasks = JoinSet::new();
            for _ in 0..3 {
                let hits = hits.clone();
                tasks.spawn(async move {
                    *hits.lock().await += 1;
                    *hits.lock().await += 1;
                });
            }
            tasks.join_all().await;
            assert_eq!(*hits.lock().await, 6);
        })
    });
    print("two workers, four jobs", || {
        explore::tasks().explore(|| async {
            let (jobs, queue) = mpsc::channel::<u32>(2);
            let (results, mut done) = mpsc::channel(4);
            let queue = Arc::new(Mutex::new(queue));
            for _ in 0..2 {
                let (queue, results) = (queue.clone(), results.clone());
                tokio::spawn(async move {
                    loop {
                        let Some(job) = queue.lock().await.recv().await else {
                            break;
                        };
                        results.send(job * 2).await.unwrap();
                    }
                });
            }
            drop(results);
            for job in 0..4 {
                jobs.send(job).await.unwrap();
            }
            drop(jobs);
            let mut sum = 0;
            while let Some(result) = done.recv().await {
                sum += result;
            }
            assert_eq!(sum, 12);
        })
    });
    print("an actor, two clients", || {
        explore::tasks().explore(|| async {
            let (asks, mut inbox) = mpsc::channel::<(u32, oneshot::Sender<u32>)>(1);
            let actor = tokio::spawn(async move {
                let mut served = 0;
                while let Some((n, reply)) = inbox.recv().await {
                    served += 1;
                    let _ = reply.send(n + 1);
                }
                served
            });
            let clients = [1, 5].map(|n| {
                let asks = asks.clone();
                tokio::spawn(async move {
                    let (reply, answer) = oneshot::channel();
                    asks.send((n, reply)).await.unwrap();
                    answer.await.unwrap()
                })
            });
            drop(asks);
            for client in clients {
                client.await.unwrap();
            }
            assert_eq!(actor.await.unwrap(), 2);
        })
    });
    print("three pages, two at a time", || {
        explore::tasks().explore(|| async {
            let limit = Arc::new(Semaphore::new(2));
            let mut pages = JoinSet::new();
            for page in 1..=3_u64 {
                let limit = limit.clone();
                pages.spawn(async move {
                    let _permit = limit.acquire().await.unwrap();
                    tokio::time::sleep(Duration::from_secs(page)).await;
                    page
                });
            }
            let mut all = pages.join_all().await;
            all.sort_unstable();
            assert_eq!(all, [1, 2, 3]);
        })
    });
    print("a heartbeat that is stopped", || {
        explore::tasks().explore(|| async {
            let (stop, mut stopped) = oneshot::channel::<()>();
            let heart = tokio::spawn(async move {
                let mut beats = 0;
                let mut ticks = tokio::time::interval(Duration::from_secs(1));
                loop {
                    tokio::select! {
                        _ = ticks.tick() => beats += 1,
                        _ = &mut stopped => break beats,
                    }
                }
            });
            tokio::time::sleep(Duration::from_millis(9_500)).await;
            stop.send(()).unwrap();
            assert_eq!(heart.await.unwrap(), 10);
        })
    });
    print("readers and a writer", || {
        explore::tasks().explore(|| async {
            let table = Arc::new(RwLock::new((0, 0)));
            let mut tasks = JoinSet::new();
            for _ in 0..2 {
                let table = table.clone();
                tasks.spawn(async move {
                    for _ in 0..2 {
                        let seen = table.read().await;
                        assert_eq!(seen.0, seen.1);
                    }
                });
            }
            for _ in 0..2 {
                let mut both = table.write().await;
                both.0 += 1;
                tokio::task::yield_now().await;
                both.1 += 1;
            }
            tasks.join_all().await;
        })
    });
    print("a broadcast to three", || {
        explore::tasks().explore(|| async {
            let (news, _) = broadcast::channel(4);
            let mut readers = JoinSet::new();
            for _ in 0..3 {
                let mut news = news.subscribe();
                readers.spawn(async move {
                    let mut seen = 0;
                    while let Ok(n) = news.recv().await {
                        seen += n;
                    }
                    seen
                });
            }
            for n in 1..=3 {
                news.send(n).unwrap();
                tokio::task::yield_now().await;
            }
            drop(news);
            assert_eq!(readers.join_all().await, [6, 6, 6]);
        })
    });
}
