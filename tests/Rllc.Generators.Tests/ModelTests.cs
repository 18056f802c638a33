extern alias generators;

using generators::Rllc.Generators;

namespace Rllc.Generators.Tests;

public sealed class ModelTests
{
    public static TheoryData<Type> Models => [.. Reachable(typeof(OptimizerDeclaration), typeof(OptimizerPlan), typeof(StubPlan), typeof(MomentDeclaration), typeof(MomentPlan), typeof(NumberedName))];

    [Theory, MemberData(nameof(Models))]
    public void Models_of_the_pipeline_are_values_without_compiler_types(Type model)
    {
        Assert.DoesNotContain("CodeAnalysis", model.Assembly.FullName, StringComparison.Ordinal);
        Assert.True(model.IsEnum || model.IsPrimitive || typeof(IEquatable<>).MakeGenericType(model).IsAssignableFrom(model), $"{model} compares by reference");
    }

    [Fact]
    public void All_stages_are_among_the_models() =>
        Assert.Superset(new HashSet<Type> { typeof(TypePath), typeof(Hyperparameter), typeof(KernelPlan), typeof(Term), typeof(TermOperation), typeof(MemoryPlan) }, Reachable(typeof(OptimizerDeclaration), typeof(OptimizerPlan)));

    [Fact]
    public void Arrays_with_equal_elements_are_equal()
    {
        EquatableArray<string> first = new[] { "M", "CM" }.ToEquatableArray(), second = new[] { "M", "CM" }.ToEquatableArray();

        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.NotEqual(first, new[] { "CM", "M" }.ToEquatableArray());
        Assert.NotEqual(first, new[] { "M" }.ToEquatableArray());
        Assert.Equal(default, Array.Empty<string>().ToEquatableArray());
    }

    private static HashSet<Type> Reachable(params Type[] roots)
    {
        var found = new HashSet<Type>();
        var open = new Stack<Type>(roots);
        while (open.TryPop(out var type))
        {
            if (!found.Add(type) || type.IsPrimitive || type == typeof(string))
                continue;
            foreach (var part in type.IsGenericType ? type.GetGenericArguments() : type.GetProperties().Select(property => property.PropertyType))
                open.Push(Nullable.GetUnderlyingType(part) ?? part);
        }

        return found;
    }
}
