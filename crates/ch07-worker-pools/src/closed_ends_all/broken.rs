//! A ward: emergencies first, then those who have an appointment.

use tokio::sync::mpsc::Receiver;

/// Treats everybody who comes; returns when nobody will come any more.
pub async fn treat_all(
    mut emergencies: Receiver<&'static str>,
    mut appointments: Receiver<&'static str>,
    mut treat: impl FnMut(&'static str),
) {
    loop {
        tokio::select! {
            biased;
            patient = emergencies.recv() => match patient {
                Some(patient) => treat(patient),
                None => return,
            },
            patient = appointments.recv() => match patient {
                Some(patient) => treat(patient),
                None => return,
            },
        }
    }
}
