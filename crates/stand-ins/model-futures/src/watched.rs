//! Children whose parent remembers the order in which they were woken.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use explore::runtime::task::{self, Part};
use explore::runtime::{Edge, Object, Place, Touch, aside, world};
use futures_util::future::IntoFuture;
use futures_util::stream::FusedStream;
use futures_util::{Future, Stream, TryFuture, TryFutureExt, TryStream};
use timeline::World;

/// What a parent remembers of its children, as the explorer knows it.
#[derive(Clone, Debug)]
pub(crate) struct Wakes {
    object: Arc<Object>,
    children: Arc<AtomicUsize>,
}

impl Wakes {
    pub fn new(place: Place) -> Self {
        Wakes {
            object: Arc::new(Object::new("futures", place)),
            children: Arc::default(),
        }
    }

    /// One more child.
    pub fn watch<F>(&self, child: F) -> Watched<F> {
        let waker = ChildWaker {
            wakes: self.clone(),
            number: self.children.fetch_add(1, Ordering::Relaxed),
            made: None,
        };
        Watched {
            child,
            waker: Some(waker),
        }
    }

    /// The parent is polled, and looks at its children.
    pub fn look(&self) {
        if world() == Some(World::Tasks) {
            task::look_at(self.address());
        }
    }

    fn address(&self) -> usize {
        Arc::as_ptr(&self.object).addr()
    }

    fn touch(&self) {
        // A child may be woken by what is dropped after the run.
        if world().is_some() {
            aside(None).touch(&self.object, Touch::Write, Edge::None);
        }
    }
}

pin_project_lite::pin_project! {
    /// A future or a stream, each of whose wake-ups is told.
    #[derive(Debug)]
    pub struct Watched<F> {
        #[pin]
        child: F,
        // None where the parent polls all its children whoever was woken.
        waker: Option<ChildWaker>,
    }
}

/// The waker for a child; kept while its parent hands down the same one.
#[derive(Debug)]
struct ChildWaker {
    wakes: Wakes,
    number: usize,
    made: Option<(Waker, Waker)>,
}

impl ChildWaker {
    /// Polls the child with its own waker.
    fn poll<R>(&mut self, parent: &Waker, poll: impl FnOnce(&mut Context<'_>) -> R) -> R {
        let old = self.made.take().filter(|(of, _)| of.will_wake(parent));
        let (_, waker) = self.made.insert(old.unwrap_or_else(|| {
            let wakes = self.wakes.clone();
            let told = Arc::new(Told {
                wakes,
                parent: parent.clone(),
            });
            (parent.clone(), Waker::from(told))
        }));
        let mut cx = Context::from_waker(waker);
        if world() != Some(World::Tasks) {
            return poll(&mut cx);
        }
        let part = Part {
            of: self.wakes.address(),
            number: self.number,
        };
        task::poll_part(part, || poll(&mut cx))
    }
}

/// Wakes the parent, and says so.
struct Told {
    wakes: Wakes,
    parent: Waker,
}

impl Wake for Told {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.wakes.touch();
        self.parent.wake_by_ref();
    }
}

impl<F: Future> Future for Watched<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        match this.waker {
            Some(waker) => waker.poll(cx.waker(), |cx| this.child.poll(cx)),
            None => this.child.poll(cx),
        }
    }
}

impl<S: Stream> Stream for Watched<S> {
    type Item = S::Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let this = self.project();
        match this.waker {
            Some(waker) => waker.poll(cx.waker(), |cx| this.child.poll_next(cx)),
            None => this.child.poll_next(cx),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.child.size_hint()
    }
}

pin_project_lite::pin_project! {
    /// A stream of futures or of streams, each of which is watched.
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct Watching<S> {
        #[pin]
        stream: S,
        wakes: Wakes,
    }
}

impl<S> Watching<S> {
    pub(crate) fn new(stream: S, wakes: Wakes) -> Self {
        Watching { stream, wakes }
    }
}

impl<S: Stream> Stream for Watching<S> {
    type Item = Watched<S::Item>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.project();
        this.stream
            .poll_next(cx)
            .map(|next| next.map(|child| this.wakes.watch(child)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.stream.size_hint()
    }
}

impl<S: FusedStream> FusedStream for Watching<S> {
    fn is_terminated(&self) -> bool {
        self.stream.is_terminated()
    }
}

pin_project_lite::pin_project! {
    /// A stream of results whose futures are watched.
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct TryWatching<S> {
        #[pin]
        stream: S,
        wakes: Wakes,
    }
}

impl<S> TryWatching<S> {
    pub(crate) fn new(stream: S, wakes: Wakes) -> Self {
        TryWatching { stream, wakes }
    }
}

impl<S: TryStream<Ok: TryFuture>> Stream for TryWatching<S> {
    type Item = Result<Watched<IntoFuture<S::Ok>>, S::Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.project();
        let watch = |child: S::Ok| this.wakes.watch(TryFutureExt::into_future(child));
        this.stream.try_poll_next(cx).map_ok(watch)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.stream.size_hint()
    }
}

pin_project_lite::pin_project! {
    /// A combinator of the real crate whose children are watched.
    #[derive(Debug)]
    #[must_use = "futures and streams do nothing unless polled"]
    pub struct Parent<P> {
        #[pin]
        real: P,
        wakes: Wakes,
    }
}

impl<P> Parent<P> {
    /// The parent of the children that `wakes` watches.
    pub(crate) fn new(wakes: Wakes, real: P) -> Self {
        Parent { real, wakes }
    }
}

impl<P: Future> Future for Parent<P> {
    type Output = P::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<P::Output> {
        let this = self.project();
        this.wakes.look();
        this.real.poll(cx)
    }
}

impl<P: Stream> Stream for Parent<P> {
    type Item = P::Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<P::Item>> {
        let this = self.project();
        this.wakes.look();
        this.real.poll_next(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.real.size_hint()
    }
}

impl<P: FusedStream> FusedStream for Parent<P> {
    fn is_terminated(&self) -> bool {
        self.real.is_terminated()
    }
}

/// So many futures `join_all` polls one after the other, whichever of them was woken.
const SMALL: usize = 30;

/// The futures that `join_all` waits for: watched, if it remembers which of them were woken.
pub(crate) fn each<I: IntoIterator>(
    futures: I,
    wakes: &Wakes,
) -> impl Iterator<Item = Watched<I::Item>> {
    let futures = futures.into_iter();
    let is_small = futures.size_hint().1.is_some_and(|most| most <= SMALL);
    futures.map(move |child| match is_small {
        true => Watched { child, waker: None },
        false => wakes.watch(child),
    })
}
