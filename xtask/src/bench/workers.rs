//! Programs are built one after the other, which takes cargo's lock, while others that are built are measured.

use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

use anyhow::Result;

/// QEMUs at a time.
const WORKERS: usize = 2;
/// Programs that are built and wait at most.
const WAITING: usize = 4;

/// What is measured of each job, in their order. `build` runs for one job at a time.
pub(super) fn each<J: Sync, B: Send, M: Send>(
    jobs: &[J],
    mut build: impl FnMut(&J) -> Result<B>,
    measure: impl Fn(&J, &B) -> Result<M> + Sync,
) -> Result<Vec<M>> {
    let (sender, receiver) = mpsc::sync_channel::<(usize, &J, B)>(WAITING);
    let (receiver, measured) = (Mutex::new(receiver), Mutex::new(Vec::new()));
    let work = || {
        loop {
            let next = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok((place, job, program)) = next else { break };
            let figures = measure(job, &program);
            measured.lock().unwrap_or_else(PoisonError::into_inner).push((place, figures));
        }
    };
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(work);
        }
        // Dropped at the end, and the workers end with it.
        let sender = sender;
        for (place, job) in jobs.iter().enumerate() {
            let program = build(job)?;
            if sender.send((place, job, program)).is_err() {
                break;
            }
        }
        anyhow::Ok(())
    })?;
    let mut measured = measured.into_inner().unwrap_or_else(PoisonError::into_inner);
    measured.sort_by_key(|(place, _)| *place);
    measured.into_iter().map(|(_, figures)| figures).collect()
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn figures_come_in_the_order_of_the_jobs() {
        let jobs: Vec<u64> = (0..50).collect();
        let figures = each(&jobs, |job| Ok(job + 1), |job, built| Ok((*job, built * 2))).unwrap();
        assert_eq!(figures, jobs.iter().map(|job| (*job, (job + 1) * 2)).collect::<Vec<_>>());
    }

    #[test]
    fn an_error_on_either_side_is_that_of_all() {
        let fail = |job: &u64| if *job == 7 { bail!("seven") } else { Ok(*job) };
        let jobs: Vec<u64> = (0..50).collect();
        assert!(each(&jobs, fail, |job, _| Ok(*job)).is_err());
        assert!(each(&jobs, |job| Ok(*job), |job, _| fail(job)).is_err());
    }
}
