//! The same program on tokio's own runtime and here: in the order that is tokio's own, both do the
//! same, step by step and to the millisecond.

mod channels;
mod locks;
mod macros;
mod tasks;
mod time;

use std::sync::{Arc, Mutex as StdMutex};

/// What a program writes down.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<StdMutex<Vec<String>>>);

impl Log {
    pub fn say(&self, what: impl Into<String>) {
        self.0.lock().expect("nobody panics").push(what.into());
    }

    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("nobody panics"))
    }
}

macro_rules! same {
    ($($name:ident($log:ident, $begin:ident) $body:block)*) => { $(
        #[test]
        fn $name() {
            fn here() -> Vec<String> {
                use model_tokio as tokio;
                let log = Log::default();
                let $log = log.clone();
                explore::tasks()
                    .current_thread()
                    .bound(0)
                    .may_lose_panics()
                    .explore(move || {
                        $log.take();
                        let $log = $log.clone();
                        async move {
                            #[allow(unused_variables)]
                            let $begin = tokio::time::Instant::now();
                            $body
                        }
                    })
                    .expect_pass();
                log.take()
            }

            fn there() -> Vec<String> {
                use real as tokio;
                let $log = Log::default();
                let log = $log.clone();
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_time()
                    .start_paused(true)
                    .build()
                    .expect("a runtime");
                runtime.block_on(async move {
                    #[allow(unused_variables)]
                    let $begin = tokio::time::Instant::now();
                    $body
                });
                log.take()
            }

            let (here, there) = (here(), there());
            assert!(!there.is_empty());
            assert_eq!(here, there);
        }
    )* };
}

pub(crate) use same;
