//! What is asked of the bank, in every order in which the threads can run.

use std::sync::{Arc, Barrier, Mutex};
use std::thread;

use transfer::{Bank, Entry, NotEnough};

/// A bank whose ledger nobody reads.
fn bank(balances: &[u64]) -> Bank {
    Bank::new(balances, |_| {})
}

/// A bank, and what its ledger says.
fn bank_and_ledger(balances: &[u64]) -> (Bank, Arc<Mutex<Vec<Entry>>>) {
    let ledger = Arc::new(Mutex::new(Vec::new()));
    let entries = Arc::clone(&ledger);
    let bank = Bank::new(balances, move |entry| entries.lock().unwrap().push(entry));
    (bank, ledger)
}

#[test]
fn a_transfer_moves_the_money_and_enters_it_once() {
    explore::threads().check(|| {
        let (bank, ledger) = bank_and_ledger(&[100, 50]);
        assert_eq!(bank.transfer(0, 1, 30), Ok(()));
        assert_eq!([bank.balance(0), bank.balance(1)], [70, 80]);
        let entry = Entry {
            from: 0,
            to: 1,
            amount: 30,
        };
        assert_eq!(
            *ledger.lock().unwrap(),
            [entry],
            "what the ledger says after one transfer"
        );
    });
}

#[test]
fn what_cannot_be_paid_is_refused_and_changes_nothing() {
    explore::threads().check(|| {
        let (bank, ledger) = bank_and_ledger(&[100, 50]);
        assert_eq!(bank.transfer(0, 1, 101), Err(NotEnough));
        assert_eq!([bank.balance(0), bank.balance(1)], [100, 50]);
        assert_eq!(
            *ledger.lock().unwrap(),
            [],
            "what the ledger says after a refusal"
        );
        assert_eq!(
            bank.transfer(0, 1, 100),
            Ok(()),
            "the whole balance can be paid"
        );
    });
}

#[test]
fn an_account_that_pays_itself_keeps_its_money() {
    explore::threads().check(|| {
        let (bank, ledger) = bank_and_ledger(&[100, 50]);
        assert_eq!(bank.transfer(0, 0, 101), Err(NotEnough), "101 of 100 cents");
        assert_eq!(bank.transfer(0, 0, 100), Ok(()), "100 of 100 cents");
        assert_eq!([bank.balance(0), bank.balance(1)], [100, 50]);
        let entry = Entry {
            from: 0,
            to: 0,
            amount: 100,
        };
        assert_eq!(*ledger.lock().unwrap(), [entry], "what the ledger says");
    });
}

#[test]
fn two_opposite_transfers_both_finish() {
    explore::threads().check(|| {
        let bank = bank(&[100, 50]);
        thread::scope(|scope| {
            scope.spawn(|| bank.transfer(0, 1, 30).unwrap());
            bank.transfer(1, 0, 20).unwrap();
        });
        assert_eq!([bank.balance(0), bank.balance(1)], [90, 60]);
    });
}

#[test]
fn three_transfers_round_a_circle_all_finish() {
    explore::threads().check(|| {
        let bank = bank(&[10, 10, 10]);
        thread::scope(|scope| {
            scope.spawn(|| bank.transfer(0, 1, 1).unwrap());
            scope.spawn(|| bank.transfer(1, 2, 2).unwrap());
            bank.transfer(2, 0, 3).unwrap();
        });
        assert_eq!(
            [bank.balance(0), bank.balance(1), bank.balance(2)],
            [12, 9, 9]
        );
    });
}

#[test]
fn two_threads_cannot_spend_the_same_money() {
    explore::threads().check(|| {
        let (bank, ledger) = bank_and_ledger(&[100, 0, 0]);
        let (first, second) = thread::scope(|scope| {
            let other = scope.spawn(|| bank.transfer(0, 1, 60));
            (bank.transfer(0, 2, 60), other.join().unwrap())
        });
        assert!(
            first.is_ok() != second.is_ok(),
            "60 + 60 of 100 cents: {first:?}, {second:?}"
        );
        assert_eq!(bank.balance(0), 40);
        assert_eq!(ledger.lock().unwrap().len(), 1, "entries in the ledger");
    });
}

#[test]
fn an_audit_sees_the_whole_sum_while_money_moves() {
    explore::threads().check(|| {
        let bank = bank(&[100, 50]);
        thread::scope(|scope| {
            scope.spawn(|| bank.transfer(1, 0, 20).unwrap());
            assert_eq!(bank.total(), 150, "what the audit found");
        });
    });
}

#[test]
fn the_ledger_knows_before_anybody_sees_the_money() {
    explore::threads().check(|| {
        let (bank, ledger) = bank_and_ledger(&[100, 0]);
        thread::scope(|scope| {
            scope.spawn(|| bank.transfer(0, 1, 30).unwrap());
            let seen = bank.balance(0) == 70 || bank.balance(1) == 30;
            let entered = !ledger.lock().unwrap().is_empty();
            assert!(
                entered || !seen,
                "the money has moved, and the ledger is empty"
            );
        });
    });
}

#[test]
fn transfers_between_other_accounts_do_not_wait_for_a_slow_ledger() {
    explore::threads().check(|| {
        // Each of the two entries takes until the other is being made as well.
        let both = Barrier::new(2);
        let bank = Bank::new(&[10, 0, 10, 0], move |_| {
            both.wait();
        });
        thread::scope(|scope| {
            scope.spawn(|| bank.transfer(0, 1, 5).unwrap());
            bank.transfer(2, 3, 5).unwrap();
        });
        assert_eq!([bank.balance(1), bank.balance(3)], [5, 5]);
    });
}
