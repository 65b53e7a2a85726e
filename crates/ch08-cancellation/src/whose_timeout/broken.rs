//! Charges a card, and waits ten seconds for the bank.

use std::time::Duration;

use tokio::time;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::Refused;

/// How long the bank may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The number of the receipt from `bank`, unless the `customer` leaves first.
///
/// # Errors
///
/// Says why there is no receipt. Who was told [`Refused::TooSlow`] tries again.
pub async fn charge(
    bank: impl Future<Output = u32>,
    customer: &CancellationToken,
) -> Result<u32, Refused> {
    let call = customer.child_token();
    let too_slow = call.clone();
    let _timer = AbortOnDropHandle::new(tokio::spawn(async move {
        time::sleep(PATIENCE).await;
        too_slow.cancel();
    }));
    let receipt = call.run_until_cancelled(bank).await;
    receipt.ok_or(Refused::TooSlow)
}
