//! `std::env`: what does not change while a program runs.

pub use real::env::{
    Args, ArgsOs, SplitPaths, VarError, Vars, VarsOs, args, args_os, consts, current_dir,
    current_exe, join_paths, split_paths, temp_dir, var, var_os, vars, vars_os,
};
