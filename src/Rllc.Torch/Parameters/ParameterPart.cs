using TorchSharp;

namespace Rllc;

/// <summary>The parameters that share a learning law, or all where there is none, and the optimizer that steps them where they are.</summary>
internal sealed class ParameterPart
{
    private readonly nint[] _addresses;
    private readonly nint[] _gradients;

    /// <summary>Pairs parameters with the optimizer of as many tensors.</summary>
    /// <param name="parameters">The parameters, in order.</param>
    /// <param name="host">Their optimizer.</param>
    public ParameterPart(TrackedParameter[] parameters, TensorHost host)
    {
        (Parameters, Host) = (parameters, host);
        (_addresses, _gradients) = (new nint[parameters.Length], new nint[parameters.Length]);
        Groups = [.. parameters.Select(parameter => parameter.Group).Distinct()];
        host.SetGroups([.. parameters.Select(parameter => Array.IndexOf(Groups, parameter.Group))], Groups.Length);
    }

    /// <summary>The parameters.</summary>
    public TrackedParameter[] Parameters { get; }

    /// <summary>Their optimizer.</summary>
    public TensorHost Host { get; }

    /// <summary>The numbers of the parameter groups that they are of.</summary>
    public int[] Groups { get; }

    /// <summary>Their numbers of elements.</summary>
    public long[] Lengths => LengthsOf(Parameters);

    /// <summary>The numbers of elements of some parameters.</summary>
    public static long[] LengthsOf(TrackedParameter[] parameters) => Array.ConvertAll(parameters, parameter => parameter.Length);

    /// <summary>Sees to it that the parameters are what they were.</summary>
    /// <exception cref="InvalidOperationException">One is not.</exception>
    public void CheckParameters()
    {
        foreach (var parameter in Parameters)
            parameter.Address();
    }

    /// <summary>Finds out where parameters and gradients are; writes nothing.</summary>
    /// <param name="copies">Receives copies of gradients that had to be made, to be disposed after the step.</param>
    /// <exception cref="InvalidOperationException">A parameter is no longer what it was, or has a gradient that does not fit.</exception>
    public void LocateAll(List<torch.Tensor> copies)
    {
        for (var i = 0; i < Parameters.Length; i++)
            _addresses[i] = Parameters[i].Address();
        for (var i = 0; i < Parameters.Length; i++)
            _gradients[i] = Parameters[i].Gradient(copies);
    }

    /// <summary>Notes what <see cref="LocateAll"/> has found among the parameters of all parts.</summary>
    public void Note(TensorPlaces places)
    {
        for (var i = 0; i < Parameters.Length; i++)
            places.Set(Parameters[i].Position, _addresses[i], _gradients[i]);
    }

    /// <summary>One step of what <see cref="LocateAll"/> has found.</summary>
    public void Step() => Host.Step(_addresses, _gradients);
}
