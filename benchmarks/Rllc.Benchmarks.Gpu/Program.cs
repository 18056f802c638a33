using Rllc.Benchmarks.Gpu;

if (args is ["export", var folder])
{
    Exporter.Write(folder);
    return 0;
}

Console.Error.WriteLine("usage: export FOLDER   writes the kernels and what benchmarks/gpu/bench.py must know of them");
return 2;
