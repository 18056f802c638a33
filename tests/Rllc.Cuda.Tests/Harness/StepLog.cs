namespace Rllc.Cuda.Tests;

/// <summary>What the recording driver was called for in a step, as far as it is a matter of steps.</summary>
internal static class StepLog
{
    /// <summary>Launches, copies and whatever waits, since the last time.</summary>
    public static string[] TakeStep(this FakeDriver driver) =>
        [.. driver.TakeLog().Where(call => !call.StartsWith("cuCtxP", StringComparison.Ordinal) && !call.StartsWith("cuEventRecord", StringComparison.Ordinal))];

    /// <summary>The copies since the last time.</summary>
    public static string[] TakeUploads(this FakeDriver driver) =>
        [.. driver.TakeLog().Where(call => call.StartsWith("cuMemcpy", StringComparison.Ordinal))];

    /// <summary>The kernels launched from now on, in their order, with their argument; once the device has come to them.</summary>
    public static unsafe List<(string Kernel, StepArguments Argument)> RecordLaunches(this FakeDriver driver)
    {
        var launches = new List<(string, StepArguments)>();
        driver.OnLaunch((name, arguments) => launches.Add((name, *(StepArguments*)arguments[0])));
        return launches;
    }
}
