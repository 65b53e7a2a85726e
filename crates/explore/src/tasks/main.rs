//! The main future.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::task::Job;
use crate::runtime::{contain, here};
use crate::trial;

/// The main future, as a task. A panic that leaves it is a failure.
pub(super) struct Main<F> {
    /// Makes the future, which is part of the run.
    body: Rc<dyn Fn() -> F>,
    future: Option<Pin<Box<F>>>,
}

impl<F> Main<F> {
    pub fn new(body: Rc<dyn Fn() -> F>) -> Self {
        Main { body, future: None }
    }
}

impl<F: Future<Output = ()>> Job for Main<F> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Main { body, future } = self;
        let polled = contain(|| {
            let made = future.get_or_insert_with(|| Box::pin(body()));
            let polled = made.as_mut().poll(cx);
            if polled.is_ready() {
                *future = None;
            }
            polled
        });
        polled.unwrap_or_else(|_| {
            trial::main_panicked(&here());
            Poll::Ready(())
        })
    }

    fn cancel(&mut self) {
        if contain(|| self.future = None).is_err() {
            trial::main_panicked(&here());
        }
    }
}
