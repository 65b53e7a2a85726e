//! `std::panic`. Hooks are not here: what happens to a panic is up to the explorer.

pub use real::panic::{AssertUnwindSafe, Location, RefUnwindSafe, UnwindSafe, panic_any};

use real::any::Any;

use explore::runtime;

pub fn catch_unwind<F: FnOnce() -> R + UnwindSafe, R>(f: F) -> crate::thread::Result<R> {
    let unwinding = runtime::panicking();
    let result = real::panic::catch_unwind(f);
    if result.is_err() {
        runtime::caught();
        if unwinding {
            // It was caught in a destructor, and the panic that called that goes on.
            runtime::unwinding();
        }
    }
    result
}

pub fn resume_unwind(payload: Box<dyn Any + Send>) -> ! {
    runtime::unwinding();
    real::panic::resume_unwind(payload)
}
