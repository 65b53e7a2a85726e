//! Every pair of the chapter in its world: broken fails in the way it states, fixed passes. Beside
//! them stands the desk of the job server.

mod accepted_and_lost;
mod aged_in_the_heap;
mod closed_ends_all;
mod desk;
mod dying_worker_counted;
mod facts;
mod forgiven_by_mistake;
mod held_while_blocked;
mod limit_forgotten;
mod over_the_maximum;
mod panic_takes_the_worker;
mod priority_unread;
mod ratios_never_reset;
mod results_unread;
mod second_of_the_same_id;
mod weight_as_rank;
