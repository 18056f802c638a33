using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Rllc.Kernels.Compiler;

/// <summary>Compiles the kernels of all optimizers of an assembly.</summary>
/// <param name="assembly">Its path.</param>
/// <param name="folder">Where the PTX goes.</param>
/// <param name="errors">Where errors are reported, a line each.</param>
internal sealed class AssemblyCompiler(string assembly, PtxFolder folder, TextWriter errors)
{
    /// <summary>Compiles every class of kernels for every format; goes on after an error, so that all are reported at once.</summary>
    /// <param name="formats">What memories are kept in, as far as an optimizer's can be.</param>
    /// <returns>Whether all went well. If not, nothing is written.</returns>
    public bool Compile(IReadOnlyList<MemoryFormat> formats)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        using var sources = new SourceFiles(assembly, file);
        var loaded = Assembly.LoadFrom(assembly);
        var succeeded = true;
        // By its token, since a name would have the class around it loaded too, the optimizer.
        foreach (var kernels in KernelClasses.In(file.GetMetadataReader()))
            succeeded &= Compile(loaded.ManifestModule.ResolveType(MetadataTokens.GetToken(kernels)), formats, sources);
        if (succeeded)
            folder.Commit();
        return succeeded;
    }

    private bool Compile(Type kernels, IReadOnlyList<MemoryFormat> formats, SourceFiles sources)
    {
        var optimizer = kernels.GetCustomAttribute<KernelsAttribute>()!.Optimizer;
        try
        {
            foreach (var format in formats.Intersect(PtxCompiler.FormatsOf(kernels)))
                folder.Add(optimizer, format, PtxCompiler.Compile(kernels, format));
            return true;
        }
        catch (Exception e) when (e is KernelException or ArgumentException)
        {
            // Generated kernels are in no file that anybody has written: the declaration of their optimizer is.
            var origin = sources.Find(kernels.FullName!) ?? sources.Find(optimizer) ?? assembly;
            BuildMessage.Error(origin, e.Message).WriteTo(errors);
            return false;
        }
    }
}
