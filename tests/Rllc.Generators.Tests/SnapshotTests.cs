using System.Globalization;
using Microsoft.CodeAnalysis;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

public sealed class SnapshotTests
{
    public static TheoryData<string> Declarations =>
    [
        """[Propagator("M(0.9)")] public sealed partial class Momentum;""",
        """[Propagator("M(0.9) ⊕ M(0)")] public sealed partial class MomentumMix;""",
        """[Propagator("M(0.9) ⊕ M(0.8) ⊕ M(0.7)")] public sealed partial class ThreeMomenta;""",
        """[Propagator("M2(0.6)")] public sealed partial class SecondOrder;""",
        """[Propagator("M3(0.6)")] public sealed partial class ThirdOrder;""",
        """[Propagator("M(0.9) ⊕ M(-0.9) ⊕ CM(0.9i)")] public sealed partial class Cyclic;""",
        """[Propagator("M(0.9) ⊕ M2(0.6) ⊕ CM2(0.3+0.2i)")] public sealed partial class Mixed;""",
        """[Propagator("slow: M(9.9e-1) ⊕ fast: M2(.6) ⊕ wave: CM(0.3+0.2i)")] public sealed partial class Labelled;""",
        """
        [Propagator("M(0.9) ⊕ M(0)")]
        [Hyperparameters(Timing = LawTiming.Delayed, SkipNonFinite = false)]
        public sealed partial class Delayed;
        """,
        """
        [Propagator("M(0.9) ⊕ M(0)")]
        [FixedLaw(0.9, 1)]
        [Hyperparameters(LearningRate = 0.01)]
        public sealed partial class Nesterov;
        """,
        """
        public static partial class Outer
        {
            public partial record struct Middle
            {
                [Propagator("M(0.9)"), Propagator("M(0)")]
                public sealed partial class Nested : Optimizer;
            }
        }
        """,
        """[Adam] public sealed partial class MyAdam;""",
        """[Adam, CriticalMomenta] public sealed partial class AdamCM;""",
        """[AdamW, CriticalMomenta(Compatibility = Compatibility.Reference)] public sealed partial class AdamOfAuthors;""",
        """[AdamW, CriticalGradients(Capacity = 10, Decay = 0.99)] public sealed partial class AdamCG;""",
        """[RmsProp(Momentum = 0.9)] public sealed partial class RmsPropMomentum;""",
        """[RmsProp, CriticalGradients(Capacity = 3)] public sealed partial class RmsPropCG;""",
        """[Sgd] public sealed partial class Descent;""",
        """[Sgd(Momentum = 0.9), CriticalGradients] public sealed partial class MomentumCG;""",
        """[AdamW(Beta1 = 0.8, Epsilon = 1e-6), Hyperparameters(LearningRate = 0.01)] public sealed partial class Decoupled;""",
        """
        [MemoryRule(nameof(Remember), Prepare = nameof(Prepare))]
        public sealed partial class AdamMix
        {
            private static partial void Prepare(long t, out float correction1, out float correction2) =>
                (correction1, correction2) = (1 / (1 - System.MathF.Pow(0.9f, t)), 1 / (1 - System.MathF.Pow(0.999f, t)));

            private static partial void Remember<T>(T g, T correction1, T correction2, out T direction, out T gradient, [Hidden] ref T m, [Hidden] ref T v)
                where T : struct, INumbers<T>
            {
                m = T.FusedMultiplyAdd(g - m, T.Create(0.1f), m);
                v = T.FusedMultiplyAdd(g * g - v, T.Create(0.001f), v);
                direction = m * correction1 / (T.Sqrt(v * correction2) + T.Create(1e-8f));
                gradient = g;
            }
        }
        """,
        """
        [MemoryRule(nameof(Remember)), FixedLaw(1)]
        public sealed partial class Lion
        {
            private static partial void Remember<T>(T g, out T sign, [Hidden] ref T m) where T : struct, INumbers<T>
            {
                sign = T.Sign(T.FusedMultiplyAdd(g - m, T.Create(0.1f), m));
                m = T.FusedMultiplyAdd(g - m, T.Create(0.01f), m);
            }
        }
        """,
        """[Propagator("M(0.9)")] public sealed partial class @class;""",
        """[Propagator("M(0.9) ⊕ N(0.5)")] public sealed partial class Misspelt;""",
        """[Propagator("M(0.9) ⊕ M(0)"), FixedLaw(1)] public sealed partial class TooShort;""",
        """[LinearMemory(B = new[] { 0.9, 0.1, 0.0, 0.8 }, a = new[] { 1.0, 0.0 })] public sealed partial class Given;""",
        """[LinearMemory(B = new[] { 0.9, 0.1, 0.0 }, a = new[] { 1.0, 0.0 })] public sealed partial class Incomplete;""",
    ];

    [Theory, MemberData(nameof(Declarations))]
    public async Task Generated_files_are_the_reviewed_ones_and_compile_without_a_warning(string declaration)
    {
        var project = ConsumerProject.Of($"using Rllc;\n\nnamespace Example;\n\n{declaration}").Generate();

        Assert.DoesNotContain(project.Diagnostics, diagnostic => IsGenerated(diagnostic) || diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.NotEmpty(project.Files);
        await Task.WhenAll(project.Files.Select(file => Snapshot.VerifyAsync(Path.GetFileNameWithoutExtension(file.Key), file.Value)));
    }

    public static TheoryData<string> TorchDeclarations =>
    [
        """[Propagator("M(0.9) ⊕ M(0)")] public sealed partial class TorchMix : TorchOptimizer;""",
        """
        [Propagator("slow: M(0.99) ⊕ fast: M2(0.6)")]
        [Hyperparameters(LearningRate = 0.01, MaxGradientNorm = 1)]
        internal sealed partial class TorchLabelled : TorchOptimizer;
        """,
        """[Propagator("M(0.9) ⊕ N(0.5)")] public sealed partial class TorchMisspelt : TorchOptimizer;""",
        """[Adam] public sealed partial class TorchAdam : TorchMomentOptimizer;""",
        """[AdamW, CriticalMomenta(Capacity = 3), Hyperparameters(LearningRate = 0.01)] internal sealed partial class TorchCritical : TorchMomentOptimizer;""",
    ];

    [Theory, MemberData(nameof(TorchDeclarations))]
    public async Task Files_for_TorchSharp_are_the_reviewed_ones_and_compile_without_a_warning(string declaration)
    {
        foreach (var references in TorchReferences.All)
        {
            var project = ConsumerProject.Of($"using Rllc;\n\nnamespace Example;\n\n{declaration}").Referencing(references).Generate();
            Assert.DoesNotContain(project.Diagnostics, diagnostic => IsGenerated(diagnostic) || diagnostic.Severity == DiagnosticSeverity.Error);
            Assert.NotEmpty(project.Files);
            await Task.WhenAll(project.Files.Select(file => Snapshot.VerifyAsync(Path.GetFileNameWithoutExtension(file.Key), file.Value)));
        }
    }

    [Theory, MemberData(nameof(Declarations))]
    public async Task Files_for_devices_are_the_reviewed_ones_and_compile_without_a_warning(string declaration)
    {
        var project = ConsumerProject.Of($"using Rllc;\n\nnamespace Example;\n\n{declaration}");
        foreach (var references in DeviceReferences.All)
        {
            var generated = project.Referencing(references).Generate();
            Assert.DoesNotContain(generated.Diagnostics, diagnostic => IsGenerated(diagnostic) || diagnostic.Severity == DiagnosticSeverity.Error);
        }

        var others = project.Generate().Files;
        var files = project.Referencing(DeviceReferences.Surface).Generate().Files;
        Assert.Equal(others, files.Where(file => others.ContainsKey(file.Key)));
        await Task.WhenAll(files.Where(file => !others.ContainsKey(file.Key))
            .Select(file => Snapshot.VerifyAsync(Path.GetFileNameWithoutExtension(file.Key), file.Value)));
    }

    [Fact]
    public void Generated_files_do_not_depend_on_the_culture()
    {
        var project = ConsumerProject.Of("""
            using Rllc;

            [Propagator("M(-0.9) ⊕ CM2(-3e-1-0.2i)")]
            [Hyperparameters(LearningRate = 0.5, InitialLaw = new[] { -0.5, 1e-7, 0, 0, 0 }, HoldCorrections = 1000)]
            internal sealed partial class Mix;
            """).Referencing(DeviceReferences.Surface);
        var expected = project.Generate().Files;
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fi-FI");
            Assert.Equal(expected, project.Generate().Files);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static bool IsGenerated(Diagnostic diagnostic) => diagnostic.Location.SourceTree!.FilePath.EndsWith(".g.cs", StringComparison.Ordinal);
}
