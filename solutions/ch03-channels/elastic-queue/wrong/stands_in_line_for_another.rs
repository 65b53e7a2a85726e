//! Wrong: a place in the line keeps the waker that it was made with. If the `send` has moved to another task, that one is not called.
//! Caught by: a_call_that_moves_to_another_task_goes_on_there

use std::collections::VecDeque;
use std::future::poll_fn;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Poll, Waker};

/// Sends orders. A clone is another sender of the same queue.
pub struct Sender<T>(Arc<Shared<T>>);

/// Receives orders.
pub struct Receiver<T>(Arc<Shared<T>>);

/// Says how many orders may be inside. A clone is for the same queue.
pub struct Limit<T>(Arc<Shared<T>>);

struct Shared<T>(Mutex<State<T>>);

struct State<T> {
    orders: VecDeque<T>,
    limit: usize,
    senders: usize,
    closed: bool,
    /// The senders that wait, in the order in which they came.
    line: VecDeque<(u64, Waker)>,
    next_number: u64,
    receiver: Option<Waker>,
}

impl<T> Shared<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.0.lock().unwrap()
    }

    fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        state.line.drain(..).for_each(|(_, waker)| waker.wake());
    }
}

impl<T> State<T> {
    /// Calls those for whom there is room. They stay in the line until they have gone in.
    fn call(&self) {
        let room = self.limit.saturating_sub(self.orders.len());
        self.line
            .iter()
            .take(room)
            .for_each(|(_, waker)| waker.wake_by_ref());
    }

    fn call_the_receiver(&mut self) {
        if let Some(waker) = self.receiver.take() {
            waker.wake();
        }
    }
}

/// A number in the line. Whoever goes away, for whatever reason, leaves the line.
struct Turn<'a, T> {
    shared: &'a Shared<T>,
    number: u64,
}

impl<T> Turn<'_, T> {
    /// Puts the order in if it is this one's turn, and waits otherwise.
    fn poll(&self, order: &mut Option<T>, waker: &Waker) -> Poll<Result<(), T>> {
        let mut state = self.shared.state();
        if state.closed {
            return Poll::Ready(order.take().map_or(Ok(()), Err));
        }
        let place = state.line.iter().position(|(n, _)| *n == self.number);
        let before = place.unwrap_or(state.line.len());
        if state.orders.len() + before < state.limit {
            state.orders.extend(order.take());
            state.call_the_receiver();
            return Poll::Ready(Ok(()));
        }
        match place {
            Some(_) => {}
            None => state.line.push_back((self.number, waker.clone())),
        }
        Poll::Pending
    }
}

impl<T> Drop for Turn<'_, T> {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        state.line.retain(|(number, _)| *number != self.number);
        state.call();
    }
}

/// A queue in which at most `limit` orders wait.
#[must_use]
pub fn elastic_queue<T: Send + 'static>(limit: NonZeroUsize) -> (Sender<T>, Receiver<T>, Limit<T>) {
    let shared = Arc::new(Shared(Mutex::new(State {
        orders: VecDeque::new(),
        limit: limit.get(),
        senders: 1,
        closed: false,
        line: VecDeque::new(),
        next_number: 0,
        receiver: None,
    })));
    (
        Sender(Arc::clone(&shared)),
        Receiver(Arc::clone(&shared)),
        Limit(shared),
    )
}

impl<T: Send + 'static> Sender<T> {
    /// Puts an order into the queue, as soon as there is room.
    ///
    /// # Errors
    /// Gives the order back if the queue is closed or its receiver has gone, or if that happens
    /// while this waits.
    pub async fn send(&self, order: T) -> Result<(), T> {
        let number = {
            let mut state = self.0.state();
            state.next_number += 1;
            state.next_number
        };
        let turn = Turn {
            shared: &self.0,
            number,
        };
        let mut order = Some(order);
        poll_fn(|cx| turn.poll(&mut order, cx.waker())).await
    }
}

impl<T: Send + 'static> Receiver<T> {
    /// The order that has been inside for the longest time; `None` once the queue has ended and is
    /// empty.
    pub async fn recv(&mut self) -> Option<T> {
        poll_fn(|cx| {
            let mut state = self.0.state();
            if let Some(order) = state.orders.pop_front() {
                state.call();
                return Poll::Ready(Some(order));
            }
            if state.closed || state.senders == 0 {
                return Poll::Ready(None);
            }
            state.receiver = Some(cx.waker().clone());
            Poll::Pending
        })
        .await
    }

    /// Lets no more orders in.
    pub fn close(&mut self) {
        self.0.close();
    }
}

impl<T: Send + 'static> Limit<T> {
    /// Lets at most `limit` orders be inside from now on.
    pub fn set(&self, limit: NonZeroUsize) {
        let mut state = self.0.state();
        state.limit = limit.get();
        state.call();
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.senders -= 1;
        state.call_the_receiver();
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.0.state().senders += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Clone for Limit<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}
