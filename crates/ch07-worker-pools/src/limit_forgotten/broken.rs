//! Reads gas meters, with readers that crash now and then.

use std::collections::HashMap;

/// So often a reader is started again.
const RESTARTS: u32 = 1;

/// How often the reader of each meter has crashed.
#[derive(Default)]
pub struct Readers {
    crashes: HashMap<&'static str, u32>,
}

impl Readers {
    /// Reads a meter; `None` if its reader crashes too often.
    pub async fn read<F>(&mut self, meter: &'static str, reader: impl Fn() -> F) -> Option<u32>
    where
        F: Future<Output = u32> + Send + 'static,
    {
        loop {
            let crashes = self.register(meter);
            match tokio::spawn(reader()).await {
                Ok(reading) => return Some(reading),
                Err(_) if *crashes < RESTARTS => *crashes += 1,
                Err(_) => return None,
            }
        }
    }

    fn register(&mut self, meter: &'static str) -> &mut u32 {
        self.crashes.insert(meter, 0);
        self.crashes.get_mut(meter).expect("it has been inserted")
    }
}
