//! Refuses the orderings that `std` refuses, as it does: with a panic.

use explore::runtime::atomic::Orders;

use super::Ordering;

#[track_caller]
pub fn for_load(order: Ordering) -> Ordering {
    match order {
        Ordering::Release => panic!("there is no such thing as a release load"),
        Ordering::AcqRel => panic!("there is no such thing as an acquire-release load"),
        order => order,
    }
}

#[track_caller]
pub fn for_store(order: Ordering) -> Ordering {
    match order {
        Ordering::Acquire => panic!("there is no such thing as an acquire store"),
        Ordering::AcqRel => panic!("there is no such thing as an acquire-release store"),
        order => order,
    }
}

#[track_caller]
pub fn for_fence(order: Ordering) -> Ordering {
    match order {
        Ordering::Relaxed => panic!("there is no such thing as a relaxed fence"),
        order => order,
    }
}

/// For an operation that always changes the value.
pub fn for_update(order: Ordering) -> Orders {
    Orders {
        success: order,
        failure: Ordering::Relaxed,
    }
}

/// For an operation that may fail.
#[track_caller]
pub fn for_exchange(success: Ordering, failure: Ordering) -> Orders {
    match failure {
        Ordering::Release => panic!("there is no such thing as a release failure ordering"),
        Ordering::AcqRel => {
            panic!("there is no such thing as an acquire-release failure ordering")
        }
        failure => Orders { success, failure },
    }
}
