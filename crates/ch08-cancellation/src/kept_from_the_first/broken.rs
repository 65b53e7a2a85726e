//! A catalogue that is asked for prices over a line, which is opened when it is first needed.

use std::time::Duration;

use tokio::time;
use tokio_util::sync::CancellationToken;

/// Where prices are asked for.
#[derive(Default)]
pub struct Catalogue {
    line: Option<Line>,
}

struct Line {
    answers_in: Duration,
    stop: CancellationToken,
}

impl Catalogue {
    /// The price of an article, in cents; nothing if the `request` is cancelled first.
    pub async fn price(&mut self, article: u32, request: &CancellationToken) -> Option<u32> {
        let line = self.line.get_or_insert_with(|| Line::open(request.clone()));
        line.stop.run_until_cancelled(line.ask(article)).await
    }
}

impl Line {
    fn open(stop: CancellationToken) -> Line {
        let answers_in = Duration::from_secs(1);
        Line { answers_in, stop }
    }

    async fn ask(&self, article: u32) -> u32 {
        time::sleep(self.answers_in).await;
        article * 100
    }
}
