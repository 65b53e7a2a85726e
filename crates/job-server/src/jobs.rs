//! What the server can do. The backends are simulated: they take their time and answer.

use std::time::Duration;

use serde::Deserialize;

/// A job as a client describes it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Job {
    /// Queries a database and goes through what it gives.
    DataAnalysis {
        /// How many rows there are.
        rows: u32,
    },
    /// Downloads an image, scales it, uploads it.
    ImageProcessing {
        /// Where it comes from.
        url: String,
    },
    /// Sends a message to each of them.
    Notification {
        /// Addresses.
        recipients: Vec<String>,
    },
}

/// Rows of one analysis. A number from outside is not trusted before it becomes work.
const MOST_ROWS: u32 = 10_000_000;
/// Recipients of one notification.
const MOST_RECIPIENTS: usize = 1000;
/// Rows that are gone through between two looks at the world.
const ROWS_AT_ONCE: u32 = 100;

/// The services that jobs call.
#[derive(Clone, Copy, Debug)]
pub struct Backends {
    unit: Duration,
}

impl Backends {
    /// Services that take a unit of time for the least that they do.
    pub fn new(unit: Duration) -> Self {
        Self { unit }
    }

    /// Waits for an answer. Whoever is dropped here has cancelled the call.
    async fn call(self, units: u32) {
        tokio::time::sleep(self.unit * units).await;
    }
}

impl Job {
    /// What is wrong with a job, before anybody accepts it.
    ///
    /// # Errors
    /// A sentence for the client.
    pub fn check(&self) -> Result<(), String> {
        match self {
            Self::DataAnalysis { rows } if *rows > MOST_ROWS => {
                Err(format!("`rows` is {rows}; the most is {MOST_ROWS}"))
            }
            Self::ImageProcessing { url } if url.is_empty() => Err("`url` is empty".to_owned()),
            Self::Notification { recipients } if recipients.is_empty() => {
                Err("`recipients` is empty".to_owned())
            }
            Self::Notification { recipients } if recipients.len() > MOST_RECIPIENTS => {
                Err(format!(
                    "there are {} `recipients`; the most is {MOST_RECIPIENTS}",
                    recipients.len()
                ))
            }
            _ => Ok(()),
        }
    }

    /// Does it. Cancel safe: at every `.await` it may be dropped.
    ///
    /// # Errors
    /// What went wrong, for the client.
    pub async fn run(self, backends: Backends) -> Result<String, String> {
        match self {
            Self::DataAnalysis { rows } => {
                backends.call(500).await;
                for _ in 0..rows.div_ceil(ROWS_AT_ONCE) {
                    backends.call(1).await;
                }
                Ok(format!("{rows} rows"))
            }
            Self::ImageProcessing { url } => {
                for step in [300, 500, 300] {
                    backends.call(step).await;
                }
                Ok(format!("{url} is scaled"))
            }
            Self::Notification { recipients } => {
                let mut sent = 0;
                for recipient in &recipients {
                    backends.call(50).await;
                    sent += usize::from(recipient.contains('@'));
                }
                let told = format!("sent {sent} of {}", recipients.len());
                if sent > 0 { Ok(told) } else { Err(told) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Job {
        serde_json::from_str(text).expect(text)
    }

    #[test]
    fn what_is_too_much_is_refused_before_it_is_work() {
        assert!(Job::DataAnalysis { rows: MOST_ROWS }.check().is_ok());
        let many = vec!["a@b".to_owned(); MOST_RECIPIENTS + 1];
        for job in [
            Job::DataAnalysis {
                rows: MOST_ROWS + 1,
            },
            Job::ImageProcessing { url: String::new() },
            Job::Notification { recipients: vec![] },
            Job::Notification { recipients: many },
        ] {
            assert!(job.check().is_err(), "{job:?}");
        }
    }

    #[test]
    fn what_nobody_knows_or_what_is_negative_is_no_job() {
        for text in [
            r#"{"kind": "coffee"}"#,
            r#"{"kind": "data_analysis"}"#,
            r#"{"kind": "data_analysis", "rows": -1}"#,
            r#"{"kind": "data_analysis", "rows": 1, "limit": 2}"#,
        ] {
            assert!(serde_json::from_str::<Job>(text).is_err(), "{text}");
        }
        let job = parse(r#"{"kind": "image_processing", "url": "a.png"}"#);
        assert_eq!(
            job,
            Job::ImageProcessing {
                url: "a.png".to_owned()
            }
        );
    }

    #[tokio::test]
    async fn a_notification_is_sent_if_anybody_got_it() {
        let backends = Backends::new(Duration::ZERO);
        let send = |recipients: &[&str]| {
            let recipients = recipients.iter().map(|&name| name.to_owned()).collect();
            Job::Notification { recipients }.run(backends)
        };
        assert_eq!(
            send(&["ann@home", "nobody"]).await,
            Ok("sent 1 of 2".to_owned())
        );
        assert_eq!(send(&["nobody"]).await, Err("sent 0 of 1".to_owned()));
    }
}
