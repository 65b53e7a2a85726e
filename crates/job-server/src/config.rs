//! What the environment says.

use std::num::NonZeroUsize;
use std::str::FromStr;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// How the server is to run.
#[derive(Debug, PartialEq)]
pub struct Config {
    /// `PORT`: where to listen; 0 lets the system choose.
    pub port: u16,
    /// `NUM_WORKERS`: so many jobs run at once.
    pub workers: NonZeroUsize,
    /// `QUEUE_SIZE`: so many more wait.
    pub queue: usize,
    /// `SHUTDOWN_SECONDS`: at most so long after a signal the process is gone.
    pub shutdown: Duration,
    /// `UNIT_MICROS`: how long a unit of simulated work takes.
    pub unit: Duration,
}

/// What nobody would want to exceed; `Instant` cannot hold every sum.
const LONGEST_SHUTDOWN: u64 = 24 * 60 * 60;

impl Config {
    /// Reads the variables. Those that are missing have a default.
    ///
    /// # Errors
    /// If one of them makes no sense: a server with no worker would accept jobs and never run
    /// them.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let cores = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let shutdown = number(&variable, "SHUTDOWN_SECONDS", 30_u64)?;
        ensure!(
            (1..=LONGEST_SHUTDOWN).contains(&shutdown),
            "SHUTDOWN_SECONDS={shutdown}: say a number from 1 to {LONGEST_SHUTDOWN}"
        );
        Ok(Self {
            port: number(&variable, "PORT", 8080)?,
            workers: number(&variable, "NUM_WORKERS", cores)?,
            queue: number(&variable, "QUEUE_SIZE", 100)?,
            shutdown: Duration::from_secs(shutdown),
            unit: Duration::from_micros(number(&variable, "UNIT_MICROS", 1000_u32)?.into()),
        })
    }
}

fn number<N: FromStr>(
    variable: impl Fn(&str) -> Option<String>,
    name: &str,
    default: N,
) -> Result<N>
where
    N::Err: std::error::Error + Send + Sync + 'static,
{
    match variable(name) {
        None => Ok(default),
        Some(text) => text
            .trim()
            .parse()
            .with_context(|| format!("{name}={text}: say a whole number, such as {name}=4")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, value: &str) -> Result<Config> {
        Config::read(|asked| (asked == name).then(|| value.to_owned()))
    }

    #[test]
    fn what_is_not_said_has_a_default() {
        let config = Config::read(|_| None).expect("fine");
        assert_eq!((config.port, config.queue), (8080, 100));
        assert_eq!(config.shutdown, Duration::from_secs(30));
    }

    #[test]
    fn what_is_said_counts() {
        assert_eq!(read("NUM_WORKERS", " 7 ").expect("fine").workers.get(), 7);
        assert_eq!(read("PORT", "0").expect("fine").port, 0);
        assert_eq!(read("QUEUE_SIZE", "0").expect("fine").queue, 0);
    }

    #[test]
    fn what_makes_no_sense_is_refused_by_name() {
        for (name, value) in [
            ("NUM_WORKERS", "x"),
            ("NUM_WORKERS", "0"),
            ("QUEUE_SIZE", "-1"),
            ("PORT", "65536"),
            ("PORT", ""),
            ("SHUTDOWN_SECONDS", "0"),
            ("SHUTDOWN_SECONDS", "18446744073709551615"),
            ("UNIT_MICROS", "1.5"),
        ] {
            let error = read(name, value).expect_err(name).to_string();
            assert!(
                error.starts_with(&format!("{name}={value}: say")),
                "{error}"
            );
        }
    }
}
