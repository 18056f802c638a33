using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rllc.Spec;

namespace Rllc.Generators;

/// <summary>Reads the methods that a [MemoryRule] attribute names, and finds what is wrong with them.</summary>
internal sealed class RuleReader
{
    private const string Numbers = "Rllc.INumbers<TSelf>";
    private const string Hidden = "Rllc.HiddenAttribute";
    private const int DigestLength = 16;

    private readonly INamedTypeSymbol _type;
    private readonly AttributeData _attribute;
    private readonly CancellationToken _cancellation;
    private readonly List<RuleFault> _faults = [];
    private readonly List<string> _signatures = [];

    private RuleReader(INamedTypeSymbol type, AttributeData attribute, CancellationToken cancellation) =>
        (_type, _attribute, _cancellation) = (type, attribute, cancellation);

    /// <summary>Reads a class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="attribute">Its attribute.</param>
    /// <param name="cancellation">Ends the search for syntax.</param>
    /// <returns>The methods, null where they have a fault or the compiler itself reports the attribute; the faults; the signatures to be declared.</returns>
    public static (RuleMethods? Methods, IReadOnlyList<RuleFault> Faults, IReadOnlyList<string> Signatures) Read(
        INamedTypeSymbol type, AttributeData attribute, CancellationToken cancellation)
    {
        var reader = new RuleReader(type, attribute, cancellation);
        var methods = reader.Read();
        return (reader._faults.Count == 0 ? methods : null, reader._faults, reader._signatures);
    }

    private RuleMethods? Read()
    {
        if (_attribute.ConstructorArguments is not { Length: 1 } arguments || arguments[0].Kind == TypedConstantKind.Error)
            return null;
        var prepareName = _attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Prepare").Value;
        var rule = Find(arguments[0].Value as string ?? "", isNamed: false);
        var prepare = prepareName is { Kind: TypedConstantKind.Primitive, Value: string name } ? Find(name, isNamed: true) : null;
        string[] numbers = prepare is null ? [] : [.. ReadNumbers(prepare)];
        if (rule is null)
            return null;
        var read = ReadArguments(rule, numbers, prepare).ToList();
        return new(rule.Symbol.Name, read.ToEquatableArray(), prepare?.Symbol.Name, numbers.ToEquatableArray(), Digest(rule.Text + prepare?.Text));
    }

    private RuleMethod? Find(string name, bool isNamed)
    {
        var methods = RuleMethod.Of(_type, name, _cancellation);
        if (methods.Count != 1)
        {
            var syntax = (AttributeSyntax)_attribute.ApplicationSyntaxReference!.GetSyntax(_cancellation);
            var argument = syntax.ArgumentList!.Arguments.First(argument => argument.NameEquals is not null == isNamed);
            _faults.Add(new(RuleMethodRules.NoMethod, argument.Expression.GetLocation(), _type.Name, methods.Count == 0 ? "no" : "more than one", name));
            return null;
        }

        // What is not partial cannot be declared once more.
        if (!methods[0].IsDeclared && methods[0].WhyRefused is null)
            _signatures.Add(methods[0].Signature());
        return methods[0];
    }

    private IEnumerable<string> ReadNumbers(RuleMethod prepare)
    {
        var parameters = prepare.Symbol.Parameters;
        var fault = prepare.WhyRefused
            ?? (prepare.Symbol.Arity > 0 ? "it must not be generic" : null)
            ?? (parameters.Length == 0 || parameters[0] is not { RefKind: RefKind.None, Type.SpecialType: SpecialType.System_Int64 } ? "its first parameter must be the number of the step, a long" : null);
        if (fault is not null)
            _faults.Add(new(RuleMethodRules.PrepareShape, prepare.Location, prepare.Symbol.Name, fault));
        foreach (var parameter in parameters.Skip(1))
        {
            if (parameter is not { RefKind: RefKind.Out, Type.SpecialType: SpecialType.System_Single })
                _faults.Add(new(RuleMethodRules.PrepareShape, prepare.LocationOf(parameter), prepare.Symbol.Name, $"'{parameter.Name}' must be an out float"));
            yield return parameter.Name;
        }
    }

    private IEnumerable<RuleArgument> ReadArguments(RuleMethod rule, string[] numbers, RuleMethod? prepare)
    {
        if (rule.WhyRefused is { } refusal)
            ReportShape(rule, refusal);
        if (!IsGenericInNumbers(rule.Symbol))
        {
            ReportShape(rule, "it must be generic in one T : struct, INumbers<T>");
            yield break;
        }

        var number = rule.Symbol.TypeParameters[0];
        var parameters = rule.Symbol.Parameters;
        if (parameters.Length == 0 || parameters[0].RefKind != RefKind.None || !IsNumber(parameters[0], number))
            ReportShape(rule, $"its first parameter must be the gradient, a {number.Name}");
        var unitCount = 0;
        foreach (var parameter in parameters.Skip(1))
        {
            if (!IsNumber(parameter, number) || parameter.RefKind is not (RefKind.None or RefKind.Ref or RefKind.Out))
            {
                ReportShape(rule, parameter, $"'{parameter.Name}' must be a {number.Name}, a ref {number.Name} or an out {number.Name}");
                continue;
            }

            var kind = KindOf(rule, parameter);
            if (kind == RuleArgumentKind.Number && !numbers.Contains(parameter.Name))
                _faults.Add(new(RuleMethodRules.NumberNotPrepared, rule.LocationOf(parameter), parameter.Name, prepare is null ? "name a method that does with Prepare = nameof(…), or make it a unit (out, ref)" : $"'{prepare.Symbol.Name}' has no out float of this name"));
            var argument = new RuleArgument(kind, parameter.Name);
            if (argument.IsUnit)
            {
                unitCount++;
                if (Labels.WhyRefused(parameter.Name) is { } reason)
                    _faults.Add(new(RuleMethodRules.UnitName, rule.LocationOf(parameter), parameter.Name, reason));
            }

            yield return argument;
        }

        if (unitCount is 0 or > PropagatorSpec.MaxUnits)
            ReportShape(rule, unitCount == 0 ? "it has no memory unit, an out or ref parameter that is not [Hidden]" : $"it has {SpecRules.Number(unitCount)} memory units, there can be {SpecRules.Number(PropagatorSpec.MaxUnits)}");
    }

    private RuleArgumentKind KindOf(RuleMethod rule, IParameterSymbol parameter)
    {
        var isHidden = parameter.GetAttributes().Any(attribute => DeclarationFinder.Is(attribute, Hidden));
        if (isHidden && parameter.RefKind != RefKind.Ref)
            ReportShape(rule, parameter, $"'{parameter.Name}' must be ref: hidden state is made from its old value");
        return isHidden ? RuleArgumentKind.Hidden
            : parameter.RefKind == RefKind.Ref ? RuleArgumentKind.KeptUnit
            : parameter.RefKind == RefKind.Out ? RuleArgumentKind.NewUnit
            : RuleArgumentKind.Number;
    }

    private void ReportShape(RuleMethod rule, string reason) => _faults.Add(new(RuleMethodRules.RuleShape, rule.Location, rule.Symbol.Name, reason));

    private void ReportShape(RuleMethod rule, IParameterSymbol parameter, string reason) =>
        _faults.Add(new(RuleMethodRules.RuleShape, rule.LocationOf(parameter), rule.Symbol.Name, reason));

    private static bool IsGenericInNumbers(IMethodSymbol rule) =>
        rule.Arity == 1 && rule.TypeParameters[0] is { HasValueTypeConstraint: true, ConstraintTypes: { Length: 1 } constraints } only
        && constraints[0] is INamedTypeSymbol { Arity: 1 } constraint && constraint.OriginalDefinition.ToDisplayString() == Numbers
        && SymbolEqualityComparer.Default.Equals(constraint.TypeArguments[0], only);

    private static bool IsNumber(IParameterSymbol parameter, ITypeParameterSymbol number) => SymbolEqualityComparer.Default.Equals(parameter.Type, number);

    private static string Digest(string text)
    {
        using var hash = SHA256.Create();
        return string.Concat(hash.ComputeHash(Encoding.UTF8.GetBytes(text)).Select(part => part.ToString("x2"))).Substring(0, DigestLength);
    }
}
