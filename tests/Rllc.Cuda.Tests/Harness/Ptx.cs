using System.Text;

namespace Rllc.Cuda.Tests;

/// <summary>PTX as far as the recording driver reads it: the entries and the sizes of their parameters.</summary>
internal static class Ptx
{
    public const string View = ".align 8 .b8 _view[16]";

    /// <summary>One kernel with the given parameters.</summary>
    public static byte[] Kernel(string name, params string[] parameters) => Encoding.UTF8.GetBytes($$"""
        .version 7.0
        .target sm_80
        .address_size 64
        .visible .entry {{name}}({{string.Join(", ", parameters.Select(parameter => $".param {parameter}"))}})
        {
            ret;
        }
        """);

    /// <summary>What the driver's compiler refuses, with the error in line 3.</summary>
    public static byte[] Broken => Encoding.UTF8.GetBytes(".version 7.0\n.target sm_80\nthis is no PTX\n.entry Kernel()\n");
}
