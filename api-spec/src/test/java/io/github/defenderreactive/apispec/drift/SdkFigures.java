package io.github.defenderreactive.apispec.drift;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The figures of the Java SDK of Microsoft Graph, whose models are generated from the metadata of version 1.0. Read by
 * reflection, because the SDK is on the class path of the profile {@code graph-drift} only.
 */
final class SdkFigures {

    private static final String MODELS = "com.microsoft.graph.models.security.";
    private static final String PARSE_NODE = "com.microsoft.kiota.serialization.ParseNode";
    private static final List<String> ROOTS = List.of(
            MODELS + "Alert",
            MODELS + "Incident",
            MODELS + "HuntingQueryResults",
            MODELS + "IdentityAccounts",
            MODELS + "InvokeActionResult",
            MODELS + "MergeResponse",
            "com.microsoft.graph.models.SecureScore",
            "com.microsoft.graph.models.SecureScoreControlProfile",
            "com.microsoft.graph.security.alerts_v2.microsoftgraphsecuritymovealerts.MoveAlertsPostRequestBody",
            "com.microsoft.graph.security.identities.identityaccounts.item.microsoftgraphsecurityinvokeaction"
                    + ".InvokeActionPostRequestBody",
            "com.microsoft.graph.security.incidents.microsoftgraphsecuritymergeincidents.MergeIncidentsPostRequestBody",
            "com.microsoft.graph.security.microsoftgraphsecurityrunhuntingquery.RunHuntingQueryPostRequestBody");

    private final Map<String, Figures.Type> types = new TreeMap<>();
    private final Map<String, List<String>> enumerations = new TreeMap<>();
    private final Deque<Class<?>> waiting = new ArrayDeque<>();

    private SdkFigures() {}

    /** Everything that alerts, incidents, evidence, hunting, identities and secure scores are made of. */
    static Figures read() {
        SdkFigures figures = new SdkFigures();
        try {
            Class<?> evidence = Class.forName(MODELS + "AlertEvidence");
            for (String root : ROOTS) {
                figures.waiting.add(Class.forName(root));
            }
            for (String name : models(evidence)) {
                Class<?> model = Class.forName(name);
                if (evidence.isAssignableFrom(model)) {
                    figures.waiting.add(model);
                }
            }
            while (!figures.waiting.isEmpty()) {
                figures.add(figures.waiting.remove());
            }
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException("The SDK of Microsoft Graph cannot be read", e);
        }
        return new Figures(figures.types, figures.enumerations);
    }

    /** The version of the SDK, by the name of its file. */
    static String version() {
        try {
            String jar = jar(Class.forName(MODELS + "Alert"));
            return jar.replaceAll(".*microsoft-graph-(.*)\\.jar", "$1");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String jar(Class<?> type) {
        URL place = type.getProtectionDomain().getCodeSource().getLocation();
        return place.getPath();
    }

    private static List<String> models(Class<?> one) throws IOException {
        try (JarFile jar = new JarFile(jar(one))) {
            return jar.stream()
                    .map(entry -> entry.getName().replace('/', '.'))
                    .filter(name -> name.startsWith(MODELS) && name.endsWith(".class") && !name.contains("$"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .sorted()
                    .toList();
        }
    }

    private void add(Class<?> model) throws ReflectiveOperationException {
        if (model.isEnum()) {
            Method value = model.getMethod("getValue");
            enumerations.computeIfAbsent(
                    model.getSimpleName(),
                    name -> Stream.of(model.getEnumConstants())
                            .map(constant -> (String) invoke(value, constant))
                            .toList());
        } else if (!types.containsKey(model.getSimpleName())) {
            Map<String, String> members = new TreeMap<>();
            types.put(model.getSimpleName(), new Figures.Type(discriminator(model), members));
            Object empty = model.getConstructor().newInstance();
            for (Object name : ((Map<?, ?>) invoke(model.getMethod("getFieldDeserializers"), empty)).keySet()) {
                if (!name.equals("@odata.type")) {
                    members.put((String) name, type(getter(model, (String) name)));
                }
            }
        }
    }

    /** A member of the name of a method that every model has got another one. */
    private static Method getter(Class<?> model, String member) throws NoSuchMethodException {
        String name = "get" + member.substring(0, 1).toUpperCase(Locale.ROOT) + member.substring(1);
        try {
            return model.getMethod(name + "Property");
        } catch (NoSuchMethodException e) {
            return model.getMethod(name);
        }
    }

    private String type(Method getter) {
        if (getter.getGenericReturnType() instanceof ParameterizedType list) {
            return "List<" + name((Class<?>) list.getActualTypeArguments()[0]) + ">";
        }
        return name(getter.getReturnType());
    }

    private String name(Class<?> type) {
        if (!type.getName().startsWith("java.")) {
            waiting.add(type);
        }
        return type.getSimpleName();
    }

    /** The {@code @odata.type} by which the SDK finds the type, or nothing for one that is never told apart. */
    private static String discriminator(Class<?> model) throws ReflectiveOperationException {
        String simple = model.getSimpleName();
        String wire =
                "#microsoft.graph.security." + simple.substring(0, 1).toLowerCase(Locale.ROOT) + simple.substring(1);
        Class<?> node = Class.forName(PARSE_NODE);
        Class<?> base = model.getSuperclass() == Object.class ? model : model.getSuperclass();
        Object typed = Proxy.newProxyInstance(
                node.getClassLoader(), new Class<?>[] {node}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getChildNode" -> proxy;
                    case "getStringValue" -> wire;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        Object made = invoke(base.getMethod("createFromDiscriminatorValue", node), null, typed);
        return base != model && made.getClass() == model ? wire : "";
    }

    private static Object invoke(Method method, Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException | IllegalAccessException e) {
            throw new IllegalStateException(method + " failed", e);
        }
    }
}
