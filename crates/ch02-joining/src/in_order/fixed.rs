//! Rolls a new version out to all regions at once.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::{Live, Refused, Region};

/// Installs the version everywhere. The first refusal stops the roll-out.
///
/// # Errors
///
/// The region that refused; nothing changes any more in the others.
pub async fn roll_out(regions: Vec<Region>, live: Live) -> Result<(), Refused> {
    let mut installs = JoinSet::new();
    for region in regions {
        installs.spawn(region.install(Arc::clone(&live)));
    }
    while let Some(install) = installs.join_next().await {
        if let Err(refused) = install.expect("installing does not panic") {
            installs.shutdown().await;
            return Err(refused);
        }
    }
    Ok(())
}
