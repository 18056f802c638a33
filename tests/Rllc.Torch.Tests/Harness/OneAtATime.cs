// torch's random numbers are the process's own: networks of one seed are the same only where nobody else draws meanwhile.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
