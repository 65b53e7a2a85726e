//! What the program computes, in a world.

use stand_in_paths::{Registry, block_on_both, describe, everything, sort_by_customer};

#[test]
fn plain_data_is_as_ever() {
    explore::threads().check(|| {
        let totals = sort_by_customer("ann 1\nbob 2\nann 3").unwrap();
        let totals: Vec<_> = totals.into_iter().collect();
        let total = |name: &str, n| (name.to_owned(), n);
        assert_eq!(
            totals,
            [total("ann", 4), total("bob", 2), total("total", 6)]
        );
        let why = sort_by_customer("ann").unwrap_err();
        assert_eq!(why.to_string(), "no amount");
        let text = describe().unwrap();
        assert_eq!(
            text,
            "{1, 2, 3} 1 5 Some(Reverse(1)) Some(8) RefCell { value: [1, 1] } 4 3\n\
             1 4 less Break(2) a/b 127.0.0.1 1 true"
        );
    });
}

#[test]
fn futures_need_no_stand_in() {
    explore::threads().check(|| assert_eq!(block_on_both(), 14));
}

/// Two trials, one after the other: each sees the statics as they begin.
#[test]
fn threads_share_everything() {
    let verdict = explore::threads()
        .bound(1)
        .explore(|| assert_eq!(everything(), "registry 1 1 42 true -2 true"));
    verdict.expect_pass();
    println!("everything: {}", verdict.covered());
    explore::threads().check(|| {
        let registry = Registry::default();
        std::thread::scope(|scope| {
            let other = scope.spawn(|| registry.number("ann"));
            assert_eq!(registry.number("ann"), 1);
            assert_eq!(other.join().unwrap(), 1);
        });
    });
}

#[test]
fn hash_maps_differ_as_they_do_in_std() {
    explore::threads().check(|| {
        let order = |map: &std::collections::HashMap<u32, ()>| map.keys().copied().collect();
        let maps: std::collections::HashSet<Vec<u32>> = (0..8)
            .map(|_| order(&(0..8).map(|n| (n, ())).collect()))
            .collect();
        assert!(maps.len() > 1, "all maps have the same order");
    });
}
