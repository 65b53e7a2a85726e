//! Cancelling at the end of a scope.

use std::panic::Location;

use explore::runtime::{self, Place};

use super::CancellationToken;

/// Cancels its token when it is dropped.
#[derive(Debug)]
pub struct DropGuard {
    inner: Option<CancellationToken>,
    place: Place,
}

/// The same, for a borrowed token.
#[derive(Debug)]
pub struct DropGuardRef<'a> {
    inner: Option<&'a CancellationToken>,
    place: Place,
}

impl DropGuard {
    #[track_caller]
    pub(super) fn new(token: CancellationToken) -> Self {
        DropGuard {
            inner: Some(token),
            place: Location::caller(),
        }
    }

    pub fn token(&self) -> &CancellationToken {
        self.inner.as_ref().expect("there until it is disarmed")
    }

    pub fn disarm(mut self) -> CancellationToken {
        self.inner.take().expect("it is disarmed once")
    }
}

impl<'a> DropGuardRef<'a> {
    #[track_caller]
    pub(super) fn new(token: &'a CancellationToken) -> Self {
        DropGuardRef {
            inner: Some(token),
            place: Location::caller(),
        }
    }

    pub fn token(&self) -> &'a CancellationToken {
        self.inner.expect("there until it is disarmed")
    }

    pub fn disarm(mut self) -> &'a CancellationToken {
        self.inner.take().expect("it is disarmed once")
    }
}

impl Drop for DropGuard {
    fn drop(&mut self) {
        if let Some(token) = self.inner.take() {
            cancel(&token, self.place);
        }
    }
}

impl Drop for DropGuardRef<'_> {
    fn drop(&mut self) {
        if let Some(token) = self.inner.take() {
            cancel(token, self.place);
        }
    }
}

fn cancel(token: &CancellationToken, place: Place) {
    if runtime::world().is_some() {
        token.cancel_at(place);
    }
}
