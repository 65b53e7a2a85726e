//! Why a task has no result.

use std::any::Any;
use std::{fmt, io};

use super::Id;

/// A task failed to run to its end.
pub struct JoinError {
    why: Why,
    id: Id,
}

type Payload = Box<dyn Any + Send + 'static>;

enum Why {
    Cancelled,
    /// The lock makes a `Send` payload `Sync`.
    Panic(std::sync::Mutex<Payload>),
}

impl JoinError {
    pub(crate) fn cancelled(id: Id) -> Self {
        let why = Why::Cancelled;
        JoinError { why, id }
    }

    pub(crate) fn panic(id: Id, payload: Payload) -> Self {
        let why = Why::Panic(std::sync::Mutex::new(payload));
        JoinError { why, id }
    }

    pub fn is_cancelled(&self) -> bool {
        matches!(self.why, Why::Cancelled)
    }

    pub fn is_panic(&self) -> bool {
        !self.is_cancelled()
    }

    #[track_caller]
    pub fn into_panic(self) -> Payload {
        self.try_into_panic()
            .expect("`JoinError` reason is not a panic.")
    }

    pub fn try_into_panic(self) -> Result<Payload, JoinError> {
        match self.why {
            Why::Panic(payload) => Ok(payload
                .into_inner()
                .unwrap_or_else(std::sync::PoisonError::into_inner)),
            Why::Cancelled => Err(self),
        }
    }

    pub fn id(&self) -> Id {
        self.id
    }

    /// The message of a panic, if it has one.
    fn message(&self) -> Option<String> {
        let Why::Panic(payload) = &self.why else {
            return None;
        };
        let payload = payload.lock().ok()?;
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| payload.downcast_ref::<&'static str>().copied());
        text.map(str::to_owned)
    }
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.id;
        match self.message() {
            _ if self.is_cancelled() => write!(f, "task {id} was cancelled"),
            Some(message) => write!(f, "task {id} panicked with message {message:?}"),
            None => write!(f, "task {id} panicked"),
        }
    }
}

impl fmt::Debug for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.id;
        match self.message() {
            _ if self.is_cancelled() => write!(f, "JoinError::Cancelled({id:?})"),
            Some(message) => write!(f, "JoinError::Panic({id:?}, {message:?}, ...)"),
            None => write!(f, "JoinError::Panic({id:?}, ...)"),
        }
    }
}

impl std::error::Error for JoinError {}

impl From<JoinError> for io::Error {
    fn from(error: JoinError) -> io::Error {
        let text = match error.is_panic() {
            true => "task panicked",
            false => "task was cancelled",
        };
        io::Error::other(text)
    }
}
