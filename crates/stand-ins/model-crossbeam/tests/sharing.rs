//! What may go to other threads, and be shared by them.

#[test]
fn ends_may_go_where_the_real_ones_may() {
    fn send<T: Send>() {}
    fn sync<T: Sync>() {}
    send::<model_crossbeam::channel::Sender<std::cell::Cell<u8>>>();
    sync::<model_crossbeam::channel::Receiver<std::cell::Cell<u8>>>();
    send::<model_crossbeam::sync::Parker>();
    sync::<model_crossbeam::sync::Unparker>();
    sync::<model_crossbeam::sync::WaitGroup>();
    sync::<model_crossbeam::thread::Scope<'static>>();
    sync::<model_crossbeam::queue::SegQueue<std::cell::Cell<u8>>>();
}
