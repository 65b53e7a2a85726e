//! The server as its clients and its supervisor meet it: a process, a socket, signals.

mod http;
#[cfg(unix)]
mod shutdown;
mod support;
