//! Rolls a new version out to all regions at once.

use std::sync::Arc;

use super::{Live, Refused, Region};

/// Installs the version everywhere. The first refusal stops the roll-out.
///
/// # Errors
///
/// The region that refused; nothing changes any more in the others.
pub async fn roll_out(regions: Vec<Region>, live: Live) -> Result<(), Refused> {
    let mut installs = Vec::new();
    for region in regions {
        installs.push(tokio::spawn(region.install(Arc::clone(&live))));
    }
    for install in installs {
        install.await.expect("installing does not panic")?;
    }
    Ok(())
}
