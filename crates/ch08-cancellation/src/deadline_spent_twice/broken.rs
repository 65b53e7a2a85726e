//! Closes a shop: the customers leave, then the orders are packed.

use std::time::Duration;

use tokio::time;
use tokio_util::task::TaskTracker;

/// After this the lights go out.
const GRACE: Duration = Duration::from_secs(30);

/// Waits for the `customers` and then for the `orders`, for thirty seconds at most; whether all is
/// done.
pub async fn close(customers: &TaskTracker, orders: &TaskTracker) -> bool {
    customers.close();
    let left = time::timeout(GRACE, customers.wait()).await.is_ok();
    orders.close();
    let packed = time::timeout(GRACE, orders.wait()).await.is_ok();
    left && packed
}
