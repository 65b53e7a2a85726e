//! Every pair of the chapter in its world.

mod desk;
