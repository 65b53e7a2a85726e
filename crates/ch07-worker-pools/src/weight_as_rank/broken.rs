//! A depot deals parcels to its couriers: a van that carries much, a bicycle that carries little.

use tokio::sync::mpsc::{Sender, error::TrySendError};

/// A courier, and how much of the work is meant for them.
struct Courier {
    name: &'static str,
    weight: i32,
    parcels: Sender<u32>,
}

/// All couriers of a depot.
#[derive(Default)]
pub struct Depot {
    couriers: Vec<Courier>,
}

impl Depot {
    /// Takes on a courier.
    pub fn hire(&mut self, name: &'static str, weight: i32, parcels: Sender<u32>) {
        self.couriers.push(Courier {
            name,
            weight,
            parcels,
        });
    }

    /// Deals a parcel, and says to whom; gives it back if no courier has room.
    pub fn deal(&mut self, parcel: u32) -> Result<&'static str, TrySendError<u32>> {
        let with_room = self.couriers.iter_mut();
        let with_room: Vec<_> = with_room.filter(|c| c.parcels.capacity() > 0).collect();
        let next = with_room.into_iter().max_by_key(|courier| courier.weight);
        let Some(next) = next else {
            return Err(TrySendError::Full(parcel));
        };
        next.parcels.try_send(parcel)?;
        Ok(next.name)
    }
}
