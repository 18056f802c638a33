using TorchSharp;

namespace Rllc;

/// <summary>Refuses parameters that cannot be of one optimizer.</summary>
internal static class Tracking
{
    /// <summary>Checks all parameters of an optimizer together.</summary>
    /// <exception cref="ArgumentException">There are none, two have one name or memory, or they are on several devices.</exception>
    /// <exception cref="NotSupportedException">They are on a device that is neither the CPU nor one of CUDA.</exception>
    public static void Check(IReadOnlyCollection<TrackedParameter> parameters)
    {
        if (parameters.Count == 0)
            throw new ArgumentException("There are no parameters to optimize.");
        CheckDevices(parameters);
        CheckNames(parameters);
        CheckAddresses(parameters);
    }

    private static void CheckDevices(IReadOnlyCollection<TrackedParameter> parameters)
    {
        var first = parameters.First();
        foreach (var parameter in parameters)
            if (parameter.Device.ToString() != first.Device.ToString())
                throw new ArgumentException($"{first.Label} is on {first.Device}, {parameter.Label} on {parameter.Device}: an optimizer has all parameters on one device.");
        if (first.Device.type is not (DeviceType.CPU or DeviceType.CUDA))
            throw new NotSupportedException($"{first.Label} is on {first.Device}: only parameters on the CPU and on CUDA devices are supported.");
    }

    private static void CheckNames(IEnumerable<TrackedParameter> parameters)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in parameters)
            if (parameter.Name.Length > 0 && !names.Add(parameter.Name))
                throw new ArgumentException($"Two parameters have the name '{parameter.Name}': states could not be told apart.");
    }

    private static void CheckAddresses(IEnumerable<TrackedParameter> parameters)
    {
        var owners = new Dictionary<nint, TrackedParameter>();
        foreach (var parameter in parameters)
            if (parameter.Length > 0 && NativeTensor.Data(parameter.Handle) is var address && !owners.TryAdd(address, parameter))
                throw new ArgumentException($"{owners[address].Label} and {parameter.Label} are the same: it would be moved twice in a step.");
    }
}
