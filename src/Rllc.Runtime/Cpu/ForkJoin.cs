using System.Runtime.ExceptionServices;

namespace Rllc;

/// <summary>
/// Runs a job once per worker and waits for all of them: worker 0 is the caller, the others are threads that live as long
/// as this object. A run allocates nothing. Not for use by several callers at once.
/// </summary>
internal sealed class ForkJoin : IDisposable
{
    // The threads know only the crew, so that a forgotten ForkJoin is finalized and they end.
    private readonly Crew? _crew;

    /// <summary>Starts <paramref name="workerCount"/> − 1 background threads.</summary>
    public ForkJoin(int workerCount)
    {
        WorkerCount = workerCount;
        if (workerCount > 1)
            _crew = new Crew(workerCount - 1);
        else
            GC.SuppressFinalize(this);
    }

    /// <summary>Ends the threads of a ForkJoin that was never disposed.</summary>
    ~ForkJoin() => _crew?.Dismiss();

    /// <summary>How often a job is run: once for each worker, which gets its number.</summary>
    public int WorkerCount { get; }

    /// <summary>Runs job(0) … job(WorkerCount − 1) side by side. The first exception of a worker is thrown once all have ended.</summary>
    public void Run(Action<int> job)
    {
        if (_crew is null)
            job(0);
        else
            _crew.Run(job);
        GC.KeepAlive(this);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _crew?.Dismiss();
        GC.SuppressFinalize(this);
    }

    private sealed class Crew
    {
        // About as long as a thread takes to be woken: the passes of a step follow each other faster.
        private const int SpinCount = 30;

        private readonly object _gate = new();
        private readonly int _threadCount;
        private Action<int>? _job;
        private int _round;
        private int _working;
        private ExceptionDispatchInfo? _failure;

        public Crew(int threadCount)
        {
            _threadCount = threadCount;
            for (var number = 1; number <= threadCount; number++)
            {
                var worker = number;
                new Thread(() => Serve(worker)) { IsBackground = true, Name = "Rllc worker" }.Start();
            }
        }

        public void Run(Action<int> job)
        {
            _working = _threadCount;
            StartRound(job);
            Attempt(job, worker: 0);
            for (SpinWait spin = default; Volatile.Read(ref _working) != 0 && spin.Count < SpinCount;)
                spin.SpinOnce(sleep1Threshold: -1);
            lock (_gate)
                while (_working != 0)
                    Monitor.Wait(_gate);
            _job = null;
            Interlocked.Exchange(ref _failure, null)?.Throw();
        }

        /// <summary>A round without a job: the threads end.</summary>
        public void Dismiss() => StartRound(job: null);

        private void StartRound(Action<int>? job)
        {
            lock (_gate)
            {
                _job = job;
                _round++;
                Monitor.PulseAll(_gate);
            }
        }

        private void Serve(int worker)
        {
            for (var round = 1; TakePart(round, worker); round++)
            {
            }
        }

        // A method of its own: while a thread waits, no frame of it may keep the last job, and with it the optimizer, alive.
        private bool TakePart(int round, int worker)
        {
            for (SpinWait spin = default; Volatile.Read(ref _round) != round && spin.Count < SpinCount;)
                spin.SpinOnce(sleep1Threshold: -1);
            lock (_gate)
                while (_round != round)
                    Monitor.Wait(_gate);
            if (_job is not { } job)
                return false;
            Attempt(job, worker);
            if (Interlocked.Decrement(ref _working) == 0)
                lock (_gate)
                    Monitor.PulseAll(_gate);
            return true;
        }

        private void Attempt(Action<int> job, int worker)
        {
            try
            {
                job(worker);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            }
        }
    }
}
