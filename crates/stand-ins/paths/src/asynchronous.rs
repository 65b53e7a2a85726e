//! Futures without a runtime.

use std::future::{Future, IntoFuture, pending, poll_fn, ready};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Wakes itself once, then is ready.
struct YieldOnce(bool);

impl Future for YieldOnce {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

fn block_on<F: IntoFuture>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future.into_future());
    loop {
        match future.as_mut().poll(&mut cx) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

async fn double(number: u32) -> u32 {
    YieldOnce(false).await;
    let mut looked = false;
    let number = poll_fn(|cx| {
        if std::mem::replace(&mut looked, true) {
            return Poll::Ready(number);
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
    number * ready(2).await
}

/// Runs two futures of two sorts on one thread.
pub fn block_on_both() -> u32 {
    let boxed: Pin<Box<dyn Future<Output = u32>>> = Box::pin(double(4));
    let mut never = pin!(pending::<()>());
    let waiting = never.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    std::debug_assert!(waiting.is_pending());
    block_on(double(3)) + block_on(boxed)
}
